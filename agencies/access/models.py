"""Rights that do not follow from a post: given for a term, in a unit and everything below it, by two persons."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format

from agencies.people.models import Employee
from agencies.structure.models import Unit

from .roles import Role


def user_key(words="", *, related="+", **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name=related, verbose_name=words, **options
    )


def term_in_words(term):
    """For a reader, e.g. 1 Januari 2026 – 31 Maret 2026: both days count."""
    if term.isempty:
        return "tidak pernah berlaku"
    until = date_format(term.upper - timedelta(days=1), "j F Y") if term.upper else "sampai diakhiri"
    return f"{date_format(term.lower, 'j F Y')} – {until}"


class Proposal(models.Model):
    """What needs a second person: an admin right, a final result opened again, or a rule (docs/adr/0013).

    `record` names what a proposal of another room is about, e.g. "appraisal.Evaluation:12"; `about` is whom it
    concerns, `path` the page to read before deciding.
    """

    class Kind(models.TextChoices):
        ROLE_GRANT = "role_grant", "Pemberian peran"
        RESULT_REOPEN = "result_reopen", "Pembukaan kembali hasil akhir"
        RULE_CHANGE = "rule_change", "Perubahan aturan"

    class State(models.TextChoices):
        PROPOSED = "proposed", "Menunggu keputusan"
        APPROVED = "approved", "Disetujui"
        REFUSED = "refused", "Ditolak"
        WITHDRAWN = "withdrawn", "Ditarik kembali"
        EXPIRED = "expired", "Kedaluwarsa"

    kind = models.CharField("jenis", max_length=20, choices=Kind)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.PROPOSED)
    title = models.CharField("usulan", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="untuk unit")
    about = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", verbose_name="pegawai")
    beneficiary = user_key("untuk akun", null=True)
    role = models.CharField("peran", max_length=20, choices=Role, blank=True)
    term = DateRangeField("masa berlaku", null=True)
    record = models.CharField(max_length=120, blank=True)
    path = models.CharField(max_length=200, blank=True)
    reason = models.CharField("alasan", max_length=500)
    proposed_by = user_key("diusulkan oleh")
    proposed_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField("berlaku sampai")
    decided_by = user_key("diputuskan oleh", null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["state", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="nobody_decides_his_own_proposal",
            ),
            models.CheckConstraint(
                condition=Q(beneficiary=None)
                | (~Q(proposed_by=F("beneficiary")) & (Q(decided_by=None) | ~Q(decided_by=F("beneficiary")))),
                name="nobody_proposes_or_decides_for_himself",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_proposal_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(kind="role_grant", beneficiary__isnull=False, term__isnull=False, record="")
                & ~Q(role="")
                | Q(kind="result_reopen", about__isnull=False, role="", term=None) & ~Q(record="")
                | Q(kind="rule_change", about=None, beneficiary=None, role="", term=None) & ~Q(record=""),
                name="proposal_says_what_it_is_about",
            ),
            models.UniqueConstraint(
                fields=["kind", "record"],
                condition=Q(state="proposed") & ~Q(record=""),
                name="one_open_proposal_per_record",
            ),
            models.UniqueConstraint(
                fields=["beneficiary", "role", "unit"],
                condition=Q(state="proposed", kind="role_grant"),
                name="one_open_proposal_per_right",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_proposals_stay",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="proposed"),
            ),
            pgtrigger.Protect(
                name="proposals_begin_undecided",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="proposed"),
            ),
            pgtrigger.Protect(
                name="what_is_proposed_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "kind", "unit", "about", "beneficiary", "role", "term", "record", "reason", "proposed_by"
                ),
            ),
            pgtrigger.Protect(name="proposals_are_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.title

    @property
    def term_words(self):
        return term_in_words(self.term) if self.term else ""

    def is_expired(self, today=None):
        return self.state == self.State.EXPIRED or (
            self.state == self.State.PROPOSED and (today or timezone.localdate()) > self.expires_on
        )


class RoleGrant(models.Model):
    """A right. `given_by` None: the operator's command on the server; else a second person approved it, or it is
    delegated from a right of his own."""

    user = user_key(related="role_grants")
    role = models.CharField("peran", max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="role_grants", verbose_name="untuk unit")
    term = DateRangeField("masa berlaku")
    given_by = user_key("diberikan oleh", null=True, blank=True)
    approved_by = user_key("disetujui oleh", null=True, blank=True)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="grant")
    delegated_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="delegated_to"
    )
    reason = models.CharField("alasan", max_length=500)
    ended_by = user_key("diakhiri oleh", null=True, blank=True)
    end_reason = models.CharField("alasan berakhir", max_length=500, blank=True)

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=F("user")), name="nobody_gives_himself_a_role"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | (~Q(approved_by=F("user")) & ~Q(approved_by=F("given_by"))),
                name="nobody_approves_his_own_role",
            ),
            models.CheckConstraint(
                condition=Q(given_by=None, approved_by=None, proposal=None, delegated_from=None)
                | Q(
                    given_by__isnull=False,
                    approved_by__isnull=False,
                    proposal__isnull=False,
                    delegated_from=None,
                )
                | Q(given_by__isnull=False, approved_by=None, proposal=None, delegated_from__isnull=False),
                name="a_person_gives_a_role_with_a_second_one_or_delegates_it",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_proposed_role_is_the_approved_one",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__proposal__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM agencies_proposal p
                        WHERE p.id = NEW.proposal_id AND p.kind = 'role_grant' AND p.state = 'approved'
                            AND p.beneficiary_id = NEW.user_id AND p.role = NEW.role AND p.unit_id = NEW.unit_id
                            AND p.proposed_by_id = NEW.given_by_id AND p.decided_by_id = NEW.approved_by_id
                            AND p.term = NEW.term
                    ) THEN
                        RAISE EXCEPTION 'a role is given as it was proposed and approved';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="a_given_role_only_gets_shorter",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF NOT (OLD.term @> NEW.term)
                        OR (OLD.user_id, OLD.role, OLD.unit_id) IS DISTINCT FROM (NEW.user_id, NEW.role, NEW.unit_id)
                        OR (OLD.given_by_id, OLD.approved_by_id, OLD.proposal_id, OLD.delegated_from_id)
                            IS DISTINCT FROM
                            (NEW.given_by_id, NEW.approved_by_id, NEW.proposal_id, NEW.delegated_from_id)
                    THEN
                        RAISE EXCEPTION 'a role that was given only ends';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="a_delegated_role_is_part_of_its_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__delegated_from__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM agencies_rolegrant own
                        WHERE own.id = NEW.delegated_from_id AND own.delegated_from_id IS NULL
                            AND own.role = NEW.role AND own.role <> 'system_admin' AND own.unit_id = NEW.unit_id
                            AND own.user_id = NEW.given_by_id AND own.term @> NEW.term
                    ) THEN
                        RAISE EXCEPTION 'a delegated role is part of an own one';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} di {self.unit}"

    @property
    def last_day(self):
        """The last day on which the right counts, or None while it is open; a right never begun has none either."""
        return self.term.upper - timedelta(days=1) if self.term.upper else None

    @property
    def term_words(self):
        return term_in_words(self.term)

    @property
    def giver_words(self):
        if self.delegated_from_id:
            return f"Dilimpahkan oleh {self.given_by}"
        if self.given_by_id:
            return f"Diusulkan {self.given_by}, disetujui {self.approved_by}"
        return "Dibuat operator di peladen"


class Delegation(models.Model):
    """A holder hands his right to a colleague for a bounded term; the colleague accepts, then `given` counts."""

    class State(models.TextChoices):
        OFFERED = "offered", "Menunggu jawaban"
        ACCEPTED = "accepted", "Diterima"
        DECLINED = "declined", "Ditolak"
        TAKEN_BACK = "taken_back", "Diambil kembali"

    grant = models.ForeignKey(RoleGrant, models.PROTECT, related_name="delegations")
    delegator = user_key(related="delegations_given")
    recipient = user_key("dilimpahkan kepada", related="delegations_received")
    term = DateRangeField("masa berlaku")
    reason = models.CharField("alasan", max_length=500)
    state = models.CharField("keadaan", max_length=10, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    given = models.OneToOneField(RoleGrant, models.PROTECT, null=True, related_name="delegation")

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(recipient=F("delegator")), name="nobody_delegates_to_himself"
            ),
            models.CheckConstraint(
                condition=Q(term__isempty=False, term__lower_inf=False, term__upper_inf=False),
                name="delegation_has_a_first_and_a_last_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(given__isnull=False), name="accepted_delegation_gives"
            ),
            models.UniqueConstraint(
                fields=["grant", "recipient"], condition=Q(state="offered"), name="one_open_offer_per_person"
            ),
        ]

    def __str__(self):
        return f"{self.grant.get_role_display()}: {self.delegator} → {self.recipient}"

    @property
    def term_words(self):
        return term_in_words(self.term)
