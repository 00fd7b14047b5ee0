"""A plan on paper, with the columns and signatures of its own form: A.1.1, A.1.2, A.1.6 or A.1.7."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ambon_kinerja.personal_data.actions import note_viewing

from ..queries import values_with_expectations
from ..rules import appraiser_today
from .reading import find_skp, grouped, post_of


@require_safe
def skp_print(request, pk):
    skp = find_skp(request, pk)
    note_viewing(request.user, about=skp.employee, kind="skp")
    appraiser = skp.appraiser or appraiser_today(skp)
    context = {
        "skp": skp,
        "groups": grouped(skp),
        "values": values_with_expectations(skp),
        "appraiser": appraiser,
        "appraiser_post": post_of(appraiser, skp),
    }
    return render(request, "appraisal/planning/print.html", context)
