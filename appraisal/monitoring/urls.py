"""Addresses of this room."""

from django.urls import path

from .views import action_plan, evidence, progress, realisation, records, team, voices

urlpatterns = [
    path("kemajuan/", progress.progress_note, name="progress-note"),
    path("kemajuan/daftar/", progress.progress_list, name="progress-list"),
    path("kemajuan/<int:pk>/", progress.progress_edit, name="progress-edit"),
    path("kemajuan/<int:pk>/hapus/", progress.progress_remove, name="progress-remove"),
    path("skp/<int:skp>/pelaksanaan/", records.carry_out, name="carry-out"),
    path("skp/<int:skp>/rencana-aksi/", action_plan.action_plan, name="action-plan"),
    path("skp/<int:skp>/rencana-aksi/cetak/", records.action_plan_print, name="action-plan-print"),
    path("skp/<int:skp>/rencana-aksi/<int:result>/tambah/", action_plan.step_add, name="step-add"),
    path("skp/<int:skp>/langkah/<int:pk>/", action_plan.step_edit, name="step-edit"),
    path("skp/<int:skp>/langkah/<int:pk>/hapus/", action_plan.step_remove, name="step-remove"),
    path("skp/<int:skp>/realisasi/<int:period>/", realisation.realisation_edit, name="realisation-edit"),
    path("skp/<int:skp>/realisasi/<int:period>/bukti/tambah/", evidence.evidence_add, name="evidence-add"),
    path("skp/<int:skp>/realisasi/<int:period>/bukti/survei/", evidence.service_cite, name="service-cite"),
    path("bukti/<int:pk>/", evidence.evidence_open, name="evidence-open"),
    path("bukti/<int:pk>/hapus/", evidence.evidence_remove, name="evidence-remove"),
    path("skp/<int:skp>/dokumentasi/<int:period>/", records.documentation, name="documentation"),
    path(
        "skp/<int:skp>/dokumentasi/<int:period>/cetak/",
        records.documentation_print,
        name="documentation-print",
    ),
    path("skp/<int:skp>/rekaman/<int:period>/", records.feedback_record, name="feedback-record"),
    path(
        "skp/<int:skp>/rekaman/<int:period>/cetak/",
        records.feedback_record_print,
        name="feedback-record-print",
    ),
    path("skp/<int:skp>/kesimpulan/<int:period>/", team.progress_statement, name="progress-statement"),
    path("skp/<int:skp>/umpan-balik/tambah/", voices.feedback_add, name="feedback-add"),
    path("umpan-balik/", voices.feedback_desk, name="feedback-desk"),
    path("umpan-balik/minta/", voices.feedback_ask, name="feedback-ask"),
    path("umpan-balik/terutang/", team.feedback_owed, name="feedback-owed"),
    path("umpan-balik/terutang/<int:skp>/", team.feedback_owed_next, name="feedback-owed-next"),
    path("umpan-balik/<int:pk>/", voices.feedback_answer, name="feedback-answer"),
    path("umpan-balik/<int:pk>/tarik/", voices.feedback_withdraw, name="feedback-withdraw"),
    path("pantauan-tim/", team.team_progress, name="team-progress"),
]
