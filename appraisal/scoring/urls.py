"""Addresses of this room."""

from django.urls import path

from .views import carrying, explaining, forms_c, looking, reading, reopening, scoring, team

urlpatterns = [
    path("cara-penilaian/", explaining.how_it_works, name="how-it-works"),
    path("kinerja-saya/", reading.mine, name="skp-mine"),
    path("tim/", reading.team, name="team"),
    path("tim/banding/", team.team_compare, name="team-compare"),
    path("tim/banding/cetak/", team.team_compare_print, name="team-compare-print"),
    path("tim/beralih/", team.team_taken_over, name="team-taken-over"),
    path("skp/<int:skp>/nilai/<int:period>/", scoring.evaluation_start, name="evaluation-start"),
    path("skp/<int:skp>/pakai-hasil/<int:period>/", carrying.carry_over, name="carry-over"),
    path("penilaian/<int:pk>/", scoring.evaluation_edit, name="evaluation-edit"),
    path("penilaian/<int:pk>/periksa/", scoring.evaluation_check, name="evaluation-check"),
    path("penilaian/<int:pk>/tetapkan/", scoring.evaluation_finalise, name="evaluation-finalise"),
    path("penilaian/eskalasi/", looking.escalation_list, name="escalation-list"),
    path(
        "penilaian/eskalasi/<int:pk>/dibaca/", looking.escalation_acknowledge, name="escalation-acknowledge"
    ),
    path("cermin-penilai/", looking.mirror, name="mirror"),
    path("cermin-penilai/<int:employee>/", looking.mirror_of_leader, name="mirror-of-leader"),
    path("hasil/<int:pk>/", reading.evaluation_detail, name="evaluation-detail"),
    path("hasil/<int:pk>/formulir/", forms_c.evaluation_form, name="evaluation-form"),
    path("hasil/<int:pk>/formulir/cetak/", forms_c.evaluation_form_print, name="evaluation-form-print"),
    path("hasil/<int:pk>/buka-kembali/", reopening.evaluation_reopen, name="evaluation-reopen"),
    path("hasil/<int:pk>/struk.json", reading.evaluation_receipt, name="evaluation-receipt"),
    path("hasil/<int:pk>/sudah-dibaca/", reading.evaluation_acknowledge, name="evaluation-acknowledge"),
]
