"""Changing a rule: one proposes a value from a day on, another approves, and a new version stands beside the old."""

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.formats import date_format

from agencies.access.actions.proposals import expire_proposals, propose
from agencies.access.models import Proposal
from agencies.structure.models import Unit
from ambon_kinerja.audit.actions import record_event, target_of
from ambon_kinerja.lifecycle.steps import NotAllowed, StepRefused

from .catalogue import CATALOGUE
from .models import Rule, RuleChange
from .queries import rule_effects
from .rules import may_propose


@transaction.atomic
def propose_change(key, *, valid_from, value, text, source, reason, by):
    """Put another value before a second person of the personnel office.

    Raises NotAllowed, and StepRefused for a value that does not fit, a day that is taken or past what is finished, and
    while another change of the same rule waits.
    """
    if not may_propose(by, key):
        raise NotAllowed("Hanya BKPSDM yang boleh mengusulkan perubahan aturan.")
    check_change(key, valid_from, value)
    said = {
        "key": key,
        "valid_from": valid_from,
        "value": value,
        "text": text.strip(),
        "source": source.strip(),
        "reason": reason.strip(),
    }
    if waiting := change_that_waits(key):
        if waiting.proposed_by_id == by.pk and all(getattr(waiting, name) == it for name, it in said.items()):
            return waiting  # sent twice
        raise StepRefused("Perubahan lain atas aturan ini masih menunggu keputusan.")
    change = RuleChange.objects.create(**said, proposed_by=by)
    title = f"{CATALOGUE[key].title}, mulai {date_format(valid_from, 'j F Y')}"
    propose(
        kind=Proposal.Kind.RULE_CHANGE,
        title=title,
        unit=Unit.objects.get(parent=None),
        reason=reason,
        by=by,
        record=target_of(change),
        path=reverse("appraisal:rule-change", args=[change.pk]),
    )
    return change


def change_that_waits(key):
    """The change of this rule that nobody has decided yet, or None. Rules are few: one at a time is proposed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"rule:{key}"])
    expire_proposals()
    waiting = Proposal.objects.filter(kind=Proposal.Kind.RULE_CHANGE, state=Proposal.State.PROPOSED)
    keys = [int(record.rpartition(":")[2]) for record in waiting.values_list("record", flat=True)]
    return RuleChange.objects.filter(pk__in=keys, key=key).first()


@transaction.atomic
def adopt(proposal, *, by):
    """What an approved proposal carries out (settings.PROPOSAL_EFFECTS): a new version; nothing else is touched."""
    change = RuleChange.objects.get(pk=int(proposal.record.rpartition(":")[2]))
    check_change(change.key, change.valid_from, change.value)
    try:
        with transaction.atomic():
            rule = Rule.objects.create(
                key=change.key,
                valid_from=change.valid_from,
                value=change.value,
                text=change.text,
                source=change.source,
                change=change,
            )
    except IntegrityError:
        raise StepRefused(DAY_IS_TAKEN) from None
    details = {"key": rule.key, "valid_from": rule.valid_from, "value": rule.value}
    record_event("rule.change", rule, by=by, reason=change.reason, details=details)
    return rule


DAY_IS_TAKEN = "Aturan ini sudah punya versi yang berlaku sejak tanggal itu. Pilih tanggal lain."


def check_change(key, valid_from, value):
    """Raises StepRefused with the reason in Indonesian when this value may not begin on this day."""
    if faults := CATALOGUE[key].shape.faults(value):
        raise StepRefused(" ".join(faults.values()))
    if refusal := why_not_from(key, valid_from):
        raise StepRefused(refusal)


def why_not_from(key, valid_from):
    """Why a change of the rule cannot begin on this day; "" when it can."""
    first, _ = rule_effects(key, valid_from)
    if first and valid_from < first:
        return (
            f"Pilih {date_format(first, 'j F Y')} atau sesudahnya. Periode sebelum itu sudah selesai dinilai dan tidak "
            "dihitung ulang."
        )
    oldest = Rule.objects.filter(key=key).order_by("valid_from").first()
    if oldest and valid_from < oldest.valid_from:
        return f"Aturan ini baru ada sejak {date_format(oldest.valid_from, 'j F Y')}."
    if Rule.objects.filter(key=key, valid_from=valid_from).exists():
        return DAY_IS_TAKEN
    return ""
