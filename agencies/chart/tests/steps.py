"""Going through a guided page as a person does: look, then click."""

from agencies.structure.models import Reorganisation


def look(client, address, data):
    """The preview of these answers, or the form when they are refused."""
    return client.post(address, data | {"langkah": "periksa"})


def click(page):
    """What the second click on the preview `page` sends."""
    sent = {
        "langkah": "jalankan",
        "kunci": page.context["key"],
        "terlihat": page.context["effects"].fingerprint,
    }
    form = page.context["change"].form
    return sent | {name: form.data.getlist(name) for name in form.data if name not in sent}


def carry_through(client, address, data):
    page = look(client, address, data)
    assert page.status_code == 200, page.context["form"].errors
    return client.post(address, click(page))


def told(page):
    """The effects a preview tells."""
    return [effect.words for effect in page.context["effects"].effects]


def done():
    return list(Reorganisation.objects.values_list("kind", flat=True))
