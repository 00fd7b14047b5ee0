"""Take one guard away and the access table notices; a new guard whose absence nobody would notice fails the build.

The row-level security is off here: it would hide most of what a scope lets through.
"""

import pytest
from django.test import TestCase
from django.urls import resolve

from .guards import guards, without
from .matrix import TABLE, Matrix, expected, without_row_security

pytestmark = pytest.mark.django_db

# A second guard refuses the same requests: both are taken away together.
BACKED_UP = {
    "ambon_kinerja.jobs.rules.can_cancel": ["ambon_kinerja.jobs.rules.visible_jobs"],
    "agencies.intake.queries.visible_batches": ["agencies.intake.views.members_only"],
    "agencies.intake.rules.may_change_batch": [
        "agencies.intake.views.members_only",
        "agencies.intake.queries.visible_batches",
    ],
    "appraisal.monitoring.rules.may_give_feedback": ["appraisal.monitoring.rules.may_comment"],
    "appraisal.calibration.rules.may_propose": ["appraisal.calibration.rules.may_read_item"],
    "feedback.followup.rules.may_write_plan": ["feedback.followup.rules.may_write_for"],
    "feedback.followup.rules.may_write_item": ["feedback.followup.rules.may_write_for"],
    "appraisal.scoring.rules.may_score": ["appraisal.scoring.views.scoring.to_score"],
    "appraisal.scoring.rules.may_finalise": ["appraisal.scoring.views.scoring.to_score"],
    "appraisal.scoring.rules.why_not_score": ["appraisal.scoring.views.scoring.team_of"],
    "agencies.access.scope.visible_grants": ["agencies.access.rules.may_end_role"],
    "appraisal.outcomes.queries.visible_past_results": ["appraisal.outcomes.queries.readable_staff"],
    "appraisal.outcomes.queries.visible_potentials": ["appraisal.outcomes.queries.readable_staff"],
    "appraisal.outcomes.queries.visible_rewards": ["appraisal.outcomes.rules.may_prepare"],
}
# Guards of a lower room or floor, or whose page stands far down its room: the pages that ask them, by a part of
# their name. Every other page is asked too before a guard counts as unnoticed.
ASKED_BY = {
    "agencies.chart.rules.may_see_organisation": "post-detail",
    "agencies.chart.views.seers_only": "post-detail",
    "agencies.careers.rules.may_end": "assignment-correct",
    "agencies.careers.rules.may_keep_people": "assignment-add",
    "appraisal.objections.rules.may_receive": "document-receive",
    "appraisal.objections.rules.may_hand_over": "document-hand-over",
    "appraisal.objections.rules.is_owner": "document-receive",
    "appraisal.objections.queries.visible_documents": "document-detail",
    "agencies.intake.views.members_only": "import-list",
    "agencies.intake.rules.may_import": "import-list",
    "ambon_kinerja.personal_data.rules.may_change_retention": "retention-change",
    "ambon_kinerja.personal_data.rules.may_oversee": "incident-list",
    "appraisal.corrections.rules.may_read_cases": "correction-list",
    "appraisal.corrections.rules.may_close": "correction-detail",
    "agencies.access.rules.may_oversee_jobs": "job-",
    "agencies.access.rules.may_edit_holidays": "holiday-",
    "agencies.access.rules.may_change_retention": "retention-change",
    "agencies.access.rules.may_change_rules": "rule-propose",
    "agencies.access.rules.may_oversee_personal_data": "personal-data",
    "agencies.access.scope.grants_on": "employee-list",
    "agencies.access.scope.units_of": "employee-list",
    "agencies.access.scope.visible_employees": "employee-detail",
    "agencies.access.scope.has_role": "import-list",
    "agencies.people.reporting_line.is_appraiser_on": "realisation-",
    "appraisal.monitoring.rules.may_comment": "feedback-add",
    "appraisal.citing.rules.is_appraiser_today": "voice-cite",
    "appraisal.citing.rules.may_hear": "voice-list",
    "feedback.followup.queries.visible_items": "followup-proof",
    "feedback.followup.queries.visible_plans": "followup-detail",
    "feedback.followup.queries.visible_problems": "problem-detail",
    "feedback.followup.rules.may_remind": "followup-remind",
    "feedback.followup.rules.may_write_for": "followup-item",
    "feedback.followup.rules.may_write_item": "followup-item",
    "feedback.followup.rules.may_write_plan": "followup-publish",
    "feedback.followup.rules.may_write_problem": "problem-edit",
    "feedback.followup.rules.oversees_city": "followup-remind",
    "feedback.followup.views.plans.managers_only": "followup-list",
    "appraisal.monitoring.rules.may_read_records": "documentation",
    "agencies.access.rules.may_end_role": "grant-end",
    "agencies.access.rules.may_read_access": "grant-list",
    "agencies.access.scope.visible_grants": "grant-end",
    "agencies.access.scope.visible_proposals": "proposal-detail",
    "agencies.careers.queries.visible_handovers": "handover-detail",
    "agencies.careers.rules.may_read_report": "line-request-list",
    "feedback.complaints.restricted.queries.readable_attachments": "conduct-attachment",
    "feedback.complaints.restricted.queries.visible_cases": "conduct-case",
    "feedback.complaints.restricted.views.answering.lane_only": "conduct-case-list",
    "appraisal.cascading.queries.readable_matrices": "matrix",
    "appraisal.cascading.queries.readable_strategies": "initiative-list",
    "appraisal.cascading.rules.may_fill_matrix": "matrix-team-row",
    "appraisal.cascading.rules.may_fill_team": "matrix-team-row",
    "appraisal.cascading.rules.may_write_strategy": "initiative-add",
    "appraisal.cascading.views.matrix.may_fill": "matrix-row",
    "appraisal.calibration.queries.readable_sessions": "calibration-session",
    "appraisal.calibration.queries.readable_units": "distribution-detail",
    "appraisal.calibration.rules.may_answer": "calibration-answer",
    "appraisal.calibration.rules.may_call": "calibration-call",
    "appraisal.calibration.rules.may_chair": "calibration-close",
    "appraisal.calibration.rules.may_close_period": "period-closing",
    "appraisal.calibration.rules.may_explain": "distribution-explain",
    "appraisal.calibration.rules.may_propose": "calibration-item",
    "appraisal.calibration.rules.may_read_closing": "period-closing",
    "appraisal.calibration.rules.may_read_item": "calibration-item",
    "appraisal.organisation.queries.readable_units": "organisation-detail",
    "appraisal.organisation.rules.may_set": "organisation-detail",
    "appraisal.organisation.rules.may_set_on_behalf": "organisation-detail",
    "appraisal.goals.queries.readable_agreements": "agreement-detail",
    "appraisal.goals.rules.may_change_programmes": "programme-edit",
    "appraisal.goals.rules.may_offer": "agreement-offer",
    "appraisal.goals.rules.may_record": "agreement-record",
    "appraisal.goals.rules.may_reopen": "agreement-reopen",
    "appraisal.goals.rules.may_sign": "agreement-sign",
    "appraisal.goals.rules.may_write_agreement": "agreement-start",
    "appraisal.goals.views.reading.readers_only": "agreement-list",
    "appraisal.guidance.queries.visible_counsellings": "counselling-detail",
    "appraisal.guidance.queries.visible_guidances": "guidance-detail",
    "appraisal.guidance.queries.visible_opinions": "guidance-opinion",
    "appraisal.guidance.queries.visible_reports": "behaviour-report",
    "appraisal.guidance.rules.is_counsellor": "counselling-note",
    "appraisal.guidance.rules.is_guide": "guidance-reschedule",
    "appraisal.guidance.rules.is_guided": "guidance-withdraw",
    "appraisal.guidance.rules.is_office": "guidance-follow",
    "appraisal.guidance.rules.is_superior": "guidance-follow",
    "appraisal.guidance.rules.may_arrange": "guidance-reschedule",
    "appraisal.guidance.rules.may_fill": "guidance-prepare",
    "appraisal.guidance.rules.may_follow_counselling": "counselling-follow",
    "appraisal.guidance.rules.may_follow_up": "guidance-follow",
    "appraisal.guidance.rules.may_lead": "guidance-plan",
    "appraisal.guidance.rules.may_manage_counselling": "counselling-reschedule",
    "appraisal.guidance.rules.may_read_conclusion": "counselling-follow",
    "appraisal.guidance.rules.may_read_notes": "counselling-note",
    "appraisal.monitoring.queries.readable_evidence": "evidence-open",
    "appraisal.monitoring.rules.is_owner_or_appraiser": "carry-out",
    "appraisal.monitoring.rules.may_give_feedback": "feedback-add",
    "appraisal.outcomes.queries.readable_staff": "potential-record",
    "appraisal.outcomes.queries.visible_assessments": "assessment-detail",
    "appraisal.outcomes.queries.visible_conversions": "conversion-detail",
    "appraisal.outcomes.queries.visible_histories": "history-of",
    "appraisal.outcomes.queries.visible_officials": "credit-account",
    "appraisal.outcomes.queries.visible_past_results": "past-take-back",
    "appraisal.outcomes.queries.visible_potentials": "potential-take-back",
    "appraisal.outcomes.queries.visible_rewards": "reward-withdraw",
    "appraisal.outcomes.rules.may_follow_team": "history-team",
    "appraisal.outcomes.rules.may_keep_outcomes": "reward-list",
    "appraisal.outcomes.rules.may_prepare": "conversion-withdraw",
    "appraisal.outcomes.rules.may_read_list": "outcome-rows",
    "appraisal.outcomes.rules.may_read_talent": "talent",
    "appraisal.outcomes.rules.may_sign": "conversion-sign",
    "appraisal.planning.rules.can_record_support": "annex-support",
    "appraisal.scoring.backing.queries.visible_escalations": "escalation-acknowledge",
    "appraisal.planning.rules.may_agree": "skp-agree",
    "appraisal.planning.rules.may_decide": "skp-agree",
    "appraisal.planning.rules.may_drop": "adjustment-drop",
    "appraisal.planning.rules.may_keep_library": "library-add",
    "appraisal.planning.rules.may_link": "skp-link",
}
# Not a door of any page in the table: {guard: why}.
NO_DOOR = {
    # The step of the lifecycle refuses in words, which the page shows; each is tested beside its room's actions.
    "agencies.access.rules.may_decide": "asked by the steps of a proposal, whose page is for those who may see it",
    "agencies.access.rules.may_decide_on_result": "asked by may_decide alone",
    "appraisal.scoring.rules.may_carry_over": "asked by the step; the page is for the two who have to consent",
    "agencies.access.rules.may_propose_role": "asked by the act; the form offers only what one may propose",
    "agencies.access.rules.may_delegate": "the page looks among the person's own rights alone",
    "agencies.accounts.rules.may_remove_factor": "asked by the act; the page says why not",
    "agencies.careers.rules.may_decline": "asked by the step; the page looks among the requests one may see",
    "agencies.careers.rules.may_mend": "asked by the step; the page looks among the requests one may see",
    "agencies.careers.rules.may_forward": "asked by the step; the page looks among the requests one may see",
    "agencies.careers.rules.may_withdraw": "asked by the step; the page looks among the person's own requests",
    "agencies.careers.rules.may_write_handover": "asked by the act; the page looks among the notes one may see",
    "agencies.chart.rules.may_appoint_to": "decides whether the page offers a link",
    "agencies.intake.views.may_undo": "decides what the page offers; no right but a state",
    "appraisal.scoring.rules.may_supersede": "asked by the effect of an approved proposal alone",
    "agencies.access.scope.covers": "asked by other guards alone",
    "ambon_kinerja.documents.rules.can_download": "the record of the table is a published document",
    "ambon_kinerja.documents.rules.can_end": "documents are withdrawn by the room that issued them, on no page yet",
    "ambon_kinerja.jobs.rules.is_wanted_by": "decides whether the page offers a link",
    "feedback.channels.rules.may_assist": "asked by the act; the page looks among the services one may fill in for",
    "feedback.channels.rules.may_conclude": "asked by the step; the page looks among the batches one may see",
    "feedback.channels.rules.may_keep_kiosk": "asked by the step; the page looks among the kiosks one manages",
    "feedback.channels.rules.may_key": "asked by the step and the act; the page looks among the batches one may see",
    "feedback.channels.rules.may_manage": "asked by the act; the pages look among what one manages",
    "feedback.citizens.rules.may_decide_on_set_aside": "asked by the step; the page is for the survey office alone",
    "feedback.colleagues.rules.may_close": "asked by the step; the page looks among the rounds one keeps",
    "feedback.colleagues.rules.may_keep_round": "asked by the step; the page looks among the rounds one keeps",
    "feedback.complaints.rules.may_accept": "asked by the step; the page is for who holds the code",
    "feedback.complaints.rules.may_close": "asked by the step; the page looks among the complaints one handles",
    "feedback.complaints.restricted.rules.is_officer_word": "asked by the step; the act looks whether it is he",
    "feedback.complaints.restricted.rules.may_open": "asked by the act; the page looks among the cases one may see",
    "feedback.complaints.restricted.rules.may_read_sealed": "asked by the act; the page looks among these cases too",
    "appraisal.cascading.rules.may_decide_consent": "the page looks among the rows of those one appraises",
    "appraisal.cascading.rules.may_take_role": "the page looks among the person's own roles alone",
    "appraisal.guidance.rules.may_read_opinion": "decides what the page offers; the page asks visible_opinions",
    "appraisal.outcomes.rules.may_replace": "asked by the step; the page and the act ask may_prepare",
    "appraisal.outcomes.rules.may_withdraw": "asked by the step; the page asks may_prepare",
    "appraisal.objections.rules.may_decide": "asked by the step; the page asks is_decider, as the act does",
    "appraisal.objections.rules.may_decide_anew": "asked by the step inside a decision alone",
    "appraisal.objections.rules.may_file": "asked by the step; the page asks is_owner",
    "appraisal.objections.rules.may_read_blind": "asked by the act; the page asks readable_readings",
    "appraisal.objections.rules.may_replace": "asked by the step inside a decision alone",
    "appraisal.objections.rules.may_report": "asked by the step; the page looks among what is in one's hands",
    "appraisal.objections.rules.may_see_reading": "says when the decider reads the second reading; tested beside it",
    "appraisal.objections.rules.may_withdraw": "asked by the step; the page asks is_owner",
    "appraisal.objections.rules.is_office": "asked by why_not_report for a report that got stuck",
    "appraisal.objections.rules.may_explain": "asked by the act and for a button; the page asks who it is",
    "appraisal.planning.rules.can_edit_results": "decides what the page offers; the act asks is_owner",
    "appraisal.planning.rules.can_set_expectation": "decides what the page offers; the act asks is_appraiser_today",
    "appraisal.planning.rules.may_adjust": "says in which state; the page and the act ask is_owner",
    "appraisal.planning.rules.may_choose_approach": "says in which state; the page asks who it is",
    "appraisal.planning.rules.may_choose_audience": "asked by the act and for a field; the page asks the two above",
    "appraisal.planning.rules.may_merge": "the record of the table is a plan; tested beside the room's adjustments",
    "appraisal.reports.rules.may_request": "the page looks among the agencies of the person's own roles alone",
    "appraisal.scoring.rules.may_acknowledge": "the page looks among the person's own results alone",
}


@pytest.mark.guards
class Guards(Matrix):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        without_row_security()

    def first_wrong_cell(self, guard):
        """Of those who are refused, the first who is refused no longer; the pages nearest to the guard come first."""
        rows = [(name, row) for name, row in TABLE.items() if not row.get("public")]
        rows.sort(key=lambda item: self.distance(guard, *item))
        with without(guard, *BACKED_UP.get(guard, ()), somebody=self.cast["outsider"]):
            for name, row in rows:
                for method in {"GET", "POST"} & set(row):
                    refused = [
                        person
                        for person, user in self.cast.items()
                        if 404 in expected(row, method, person, user)
                    ]
                    for cell in self.cells(name, row, methods=[method], persons=refused):
                        if cell[2] not in cell[3]:
                            return name, *cell
        return None

    def distance(self, guard, name, row):
        """0: made for it; 1: the page's view stands in the guard's room; 2: on its floor; 3: elsewhere."""
        if guard in ASKED_BY and ASKED_BY[guard] in name:
            return 0
        place = resolve(self.address_of(name, row)).func.__module__.split(".")
        floor, room = guard.split(".")[:2]
        return 1 if place[:2] == [floor, room] else 2 if place[0] == floor else 3


def removing(guard):
    def check(self):
        assert self.first_wrong_cell(guard), (
            f"{guard} was taken away and no cell of agencies/access/access.yml changed. Add an address, a person or"
            " a record that shows it; or say in appraisal/tests/test_guards.py which other guard refuses the same"
            " (BACKED_UP), or that no page asks it (NO_DOOR)."
        )

    return check


GUARDS = guards()
for _name in GUARDS:
    if _name not in NO_DOOR:
        setattr(Guards, f"test_removing_{_name.replace('.', '_')}", removing(_name))


class TheList(TestCase):
    def test_what_is_said_of_guards_is_said_of_guards_that_exist(self):
        said = {*NO_DOOR, *BACKED_UP, *(name for others in BACKED_UP.values() for name in others)}

        assert said - set(GUARDS) == set()

    def test_a_guard_that_is_taken_away_comes_back(self):
        guard = GUARDS["agencies.access.scope.has_role"]
        code = guard.__code__
        with without("agencies.access.scope.has_role", somebody=None):
            assert guard(None) is True

        assert guard.__code__ is code
