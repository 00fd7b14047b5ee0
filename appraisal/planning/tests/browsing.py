"""What a browser sends to the pages of a plan."""

from django.urls import reverse

ROW = {
    "aspect": "quantity",
    "statement": "Jumlah ibu hamil yang terlayani",
    "direction": "higher",
    "target_low": "1.480,5",
    "target_high": "",
    "unit": "orang",
}


def sent(skp, *rows, **changes):
    data = {
        "kind": "main",
        "statement": "Hasil baru",
        "parent": "",
        "assigned_by": "",
        "version": skp.version,
    }
    data |= {"indikator-TOTAL_FORMS": len(rows), "indikator-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"indikator-{number}-{name}": value for name, value in row.items()}
    return data | changes


def address(name, skp, **more):
    return reverse(f"appraisal:{name}", kwargs={"pk": skp.pk} | more)


def said(response):
    return [str(message) for message in response.context["messages"]]
