"""Who saved a record meanwhile, for the page that shows both texts."""

from django import template
from django.contrib.auth import get_user_model

from ambon_kinerja.audit.queries import last_act_on
from ambon_kinerja.workdays.words import moment_words

register = template.Library()


@register.inclusion_tag("components/saved_meanwhile.html", takes_context=True)
def saved_meanwhile(context, record, acts, address="", detail=None):
    """`acts`: names of acts that save it, separated by spaces; `address`: where it is read; `detail`: see last_act_on.

    Who may change a record knows who else may, so the name is no secret here.
    """
    act = last_act_on(record, acts.split(), detail) if record else None
    user = context.get("user")
    words = name_of(act.actor, user) if act else ""
    return {"by": words, "at": moment_words(act.at) if act else "", "address": address}


def name_of(actor, reader):
    kind, _, key = actor.partition(":")
    if kind != "user":
        return "sistem"
    if reader is not None and str(reader.pk) == key:
        return "Anda di jendela lain"
    found = get_user_model().objects.filter(pk=key).values_list("name", flat=True)
    return found.first() or "pengguna lain"
