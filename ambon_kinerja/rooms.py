"""What higher floors and later rooms bring, by name: part of the settings, so that no room imports a later one."""

LIFECYCLES = [  # every states.py: its RECORD and its STEPS, drawn in docs/lifecycles.md
    "ambon_kinerja.documents.states",
    "agencies.access.states.proposals",
    "agencies.access.states.delegations",
    "agencies.intake.states",
    "agencies.careers.states",
    "feedback.complaints.states",
    "feedback.complaints.restricted.states",
    "feedback.followup.states.plans",
    "feedback.followup.states.items",
    "feedback.followup.states.problems",
    "feedback.channels.states.devices",
    "feedback.channels.states.batches",
    "feedback.citizens.states",
    "feedback.colleagues.states",
    "appraisal.goals.states",
    "appraisal.planning.states",
    "appraisal.guidance.states.guidance",
    "appraisal.guidance.states.reports",
    "appraisal.guidance.states.counselling",
    "appraisal.scoring.states",
    "appraisal.objections.states.documents",
    "appraisal.objections.states.reports",
    "appraisal.objections.states.objections",
    "appraisal.objections.states.readings",
    "appraisal.objections.states.evaluations",
    "appraisal.outcomes.states.conversions",
    "appraisal.outcomes.states.assessments",
    "appraisal.corrections.states",
    "appraisal.calibration.states.sessions",
    "appraisal.calibration.states.proposals",
]
RETROACTIVE_CHANGE = (
    "appraisal.corrections.actions.note_change"  # (first_day=, until=, by=, reason=): the past was corrected
)
MOVE_EFFECTS = "appraisal.planning.moves.effects_of"  # plans and evaluations that a move meets
CURRENT_PERIOD_DAYS = "appraisal.cycle.queries.days_of_current_period"
HOLIDAY_EFFECTS = [  # (by=): who counts days by the calendar
    "feedback.complaints.clocks.holidays_changed",
    "appraisal.objections.clocks.holidays_changed",
]
EVALUATION_FINAL_EFFECTS = [  # (evaluation, by=): what follows in the same transaction when a result is final
    "appraisal.objections.actions.documents.open_document",
]
HOLIDAY_EDITORS = "agencies.access.rules.may_edit_holidays"
EMPLOYEE_PAGES = (
    "appraisal.dashboard.employee_pages.links_for"  # (user, employee) → [(words, address)] on his page
)
RULE_EFFECTS = (
    "appraisal.cycle.queries.rule_may_begin"  # from which day a rule may change, and whom that touches
)
# (evaluation) → [(label, words)] of what calibration changed, for the receipt
RECEIPT_CALIBRATION = "appraisal.calibration.result_part.receipt_lines"
WORK_LISTS = [  # each room's lines of "Yang perlu Anda kerjakan" (appraisal/cycle/work.py says how)
    "appraisal.dashboard.lines.worklist_lines",
    "appraisal.dashboard.lines_of_rooms.worklist_lines",
    "appraisal.dashboard.lines_of_scoring.worklist_lines",
    "appraisal.dashboard.lines_of_calibration.worklist_lines",
    "appraisal.dashboard.lines_of_citizens.worklist_lines",
    "appraisal.objections.work.worklist_lines",
]
DECIDED_RESULTS = (
    "appraisal.calibration.counting.decided_results"  # (unit, span) → how many results of a unit are final
)
# (evaluation, user) → (template, context with `anchor` and `title`) or None: what later rooms add to a result's page
RESULT_PARTS = [
    "appraisal.calibration.result_part.part_for",
]
JOB_OVERSEERS = "agencies.access.rules.may_oversee_jobs"  # who sees and cancels everybody's jobs
JOB_HANDLERS = {
    "agency_report": "appraisal.reports.actions.render_report",
    "correction_cases": "appraisal.corrections.actions.find_cases_job",
    "employee_import": "agencies.intake.actions.apply_import_job",
    "evidence_link": "appraisal.monitoring.link_visits.check_link_job",
    "data_copy": "ambon_kinerja.personal_data.actions.make_copy",
    "account_link": "agencies.accounts.links.send_link_job",
    "period_closing": "appraisal.calibration.closing.close_job",
    "colleague_draw": "feedback.colleagues.actions.draw_job",
    "colleague_draw_check": "feedback.colleagues.checking.check_job",
    "colleague_close": "feedback.colleagues.closing.close_job",
    "complaint_recount": "feedback.complaints.clocks.recount_job",
    "deadline_recount": "appraisal.objections.clocks.recount_job",
    "outcome_list": "appraisal.outcomes.exporting.make_file",
    "window_change": "appraisal.dashboard.reminding.sending.tell_of_change",
}
JOB_PAGES = {  # where stands what a job was for: (words, address, which of the job's arguments it takes), or None
    "agency_report": ("Buka laporan ini", "appraisal:report-detail", "report"),
    "correction_cases": ("Buka ralat", "appraisal:correction-list", None),
    "employee_import": ("Kembali ke impor ini", "agencies:import-detail", "batch"),
    "evidence_link": None,  # wanted by nobody: the timetable asks
    "data_copy": ("Buka data saya", "ambon_kinerja:my-data", None),
    "account_link": ("Buka akun ini", "agencies:account-detail", "user"),
    "period_closing": ("Buka penutupan periode", "appraisal:period-closing", "period"),
    "colleague_draw": ("Buka putaran ini", "feedback:colleague-round-detail", "round"),
    "colleague_draw_check": ("Buka undian ini", "feedback:colleague-round-draw", "round"),
    "colleague_close": ("Buka putaran ini", "feedback:colleague-round-detail", "round"),
    "complaint_recount": ("Buka hari libur", "ambon_kinerja:holiday-list", None),
    "deadline_recount": ("Buka hari libur", "ambon_kinerja:holiday-list", None),
    "outcome_list": ("Buka daftar ini", "appraisal:outcome-rows", "list"),
    "window_change": ("Buka periode", "appraisal:period-list", None),
}
PROPOSAL_EFFECTS = {  # what an approved proposal carries out: (proposal, by=)
    "role_grant": "agencies.access.actions.grants.give_proposed",
    "result_reopen": "appraisal.scoring.reopening.reopen",
    "rule_change": "appraisal.rulebook.actions.adopt",
}
NAVIGATION_TRAITS = {  # what else decides the menu: trait → (employee, day) → the rows of which one gives it to him
    "enumerator": "feedback.channels.queries.enumerator_terms",
    "counter_officer": "feedback.services.queries.duties_of",
}
PERSONAL_DATA_PERSONS = {
    "agencies.Employee": "user"
}  # models whose rows are a person: the way to the account
PERSONAL_DATA_READERS = {  # rows that no query of the worker finds: (mine) → the rows of one person, for his own copy
    "appraisal.CounsellingNote": "appraisal.guidance.queries.notes_for_copy"
}
PERSONAL_DATA_OFFICERS = "agencies.access.rules.may_oversee_personal_data"
PERSONAL_DATA_ROLE_WORDS = "agencies.access.navigation.role_words_of"
PERSONAL_DATA_CONTACTS = "agencies.access.directory.contacts_of"
RETENTION_EDITORS = "agencies.access.rules.may_change_retention"
INVITATION = "agencies.accounts.actions.send_invitation"  # (user, by=): the way to a first password
# (unit, quarter) → [feedback.results.report.PlannedStep]: what is planned for the lowest elements of a survey
SURVEY_FOLLOW_UPS = "feedback.followup.queries.planned_steps"
