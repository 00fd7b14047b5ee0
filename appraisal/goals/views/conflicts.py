"""Two windows wrote the same: both texts side by side, none of them lost."""

from django.shortcuts import render

NOT_KEPT = ("csrfmiddlewaretoken", "version")


def show_conflict(request, *, rows, version, back, redraw=(), action="", saved=()):
    """`rows`: (label, mine, stored), stored None when the record is gone; `back`: where the stored one is read.

    `saved`: (record, acts, detail) by which the trail knows who stored it, see the tag saved_meanwhile.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (*NOT_KEPT, *redraw)
        for value in values
    ]
    context = {
        "rows": rows,
        "version": version,
        "typed": typed,
        "back": back,
        "action": action,
        "saved": saved,
        "is_gone": all(stored is None for _, _, stored in rows),
    }
    return render(request, "appraisal/goals/conflict.html", context, status=409)
