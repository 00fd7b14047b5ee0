"""The rules as everybody reads them, and a change as one person proposes it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.models import Proposal
from agencies.access.rules import may_change_rules
from ambon_kinerja.audit.actions import target_of
from ambon_kinerja.lifecycle.steps import StepRefused

from .actions import propose_change
from .catalogue import CATALOGUE
from .forms import ChangeForm, DayForm
from .models import Rule
from .queries import history_of, judges_periods, rule_effects, rules_by_topic, visible_changes
from .rules import may_propose

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field, no secret


@require_safe
def rule_list(request):
    form = DayForm(request.GET or None)
    day = form.day()
    topics = [
        (topic, [told(rule, entry) for entry, rule in entries]) for topic, entries in rules_by_topic(day)
    ]
    context = {"topics": topics, "day": day, "is_today": day == timezone.localdate(), "form": form}
    return render(request, "appraisal/rulebook/list.html", context)


@require_safe
def rule_detail(request, key):
    entry = known(key)
    form = DayForm(request.GET or None)
    day = form.day()
    versions = list(history_of(key))
    current = next((version for version in versions if version.valid_from <= day), None)
    in_force = [version.change_id for version in versions if version.change_id]
    context = {
        "proposals": visible_changes(request.user).filter(key=key).exclude(pk__in=in_force),
        "entry": entry,
        "key": key,
        "day": day,
        "form": form,
        "current": told(current, entry) if current else None,
        "versions": [told(version, entry) for version in versions],
        "may_propose": may_propose(request.user, key),
        "may_change": may_change_rules(request.user),
    }
    return render(request, "appraisal/rulebook/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_propose(request, key):
    """First the form, then what would follow, then the second click that sends the proposal."""
    entry = known(key)
    changers_only(request, key)
    rule = newest_or_404(key)
    form = ChangeForm(request.POST if request.method == "POST" else None, rule, entry.shape)
    context = {"form": form, "entry": entry, "key": key, "rule": told(rule, entry)}
    if request.method != "POST":
        return render(request, "appraisal/rulebook/propose.html", context)
    if form.is_valid() and "ubah" not in request.POST:
        values = form.cleaned_data
        if "ajukan" in request.POST:
            try:
                sent = {name: values[name] for name in ("valid_from", "value", "text", "source", "reason")}
                change = propose_change(key, by=request.user, **sent)
            except StepRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Usulan terkirim. Orang lain di BKPSDM memutuskannya.")
                return redirect("appraisal:rule-change", change.pk)
        else:
            _, touched = rule_effects(key, values["valid_from"])
            context |= {
                "touched": touched,
                "judges": judges_periods(key),
                "new": entry.shape.told(values["value"]),
                "sent": [(name, value) for name, value in request.POST.items() if name != TOKEN],
            }
            return render(request, "appraisal/rulebook/preview.html", context)
    status = 422 if form.errors else 200
    return render(request, "appraisal/rulebook/propose.html", context, status=status)


@require_safe
def rule_change(request, pk):
    """The proposed value beside the one in force, for whoever decides and whoever looks it over."""
    change = get_object_or_404(visible_changes(request.user), pk=pk)
    entry = CATALOGUE[change.key]
    before = Rule.objects.filter(key=change.key, valid_from__lt=change.valid_from).first()
    _, touched = rule_effects(change.key, change.valid_from)
    context = {
        "change": change,
        "entry": entry,
        "before": entry.shape.told(before.value) if before else [],
        "before_rule": before,
        "after": entry.shape.told(change.value),
        "touched": touched,
        "judges": judges_periods(change.key),
        "proposal": Proposal.objects.filter(record=target_of(change)).first(),
    }
    return render(request, "appraisal/rulebook/change.html", context)


def known(key):
    if key not in CATALOGUE:
        raise Http404
    return CATALOGUE[key]


def newest_or_404(key):
    """The version a proposal starts from: the one of the latest day."""
    rule = Rule.objects.filter(key=key).order_by("-valid_from").first()
    if rule is None:
        raise Http404
    return rule


def changers_only(request, key):
    if not may_propose(request.user, key):
        raise Http404


def told(rule, entry):
    """A version of a rule for a template."""
    return {
        "rule": rule,
        "entry": entry,
        "parts": entry.shape.told(rule.value),
        "grid": entry.shape.grid(rule.value) if entry.shape.table else None,
        "url": reverse("appraisal:rule-detail", args=[rule.key]),
        "is_simple": entry.shape.is_simple,
    }
