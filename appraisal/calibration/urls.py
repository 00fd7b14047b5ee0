"""Addresses of this room."""

from django.urls import path

from .views import closing, distributions, proposals, sessions

urlpatterns = [
    path("kalibrasi/", distributions.distribution_list, name="distribution-list"),
    path("kalibrasi/belum-dinilai/", closing.missed_list, name="missed-list"),
    path("kalibrasi/penutupan/<int:period>/", closing.period_closing, name="period-closing"),
    path("kalibrasi/sesi/<int:pk>/", sessions.calibration_session, name="calibration-session"),
    path("kalibrasi/sesi/<int:pk>/agenda/", sessions.calibration_agenda, name="calibration-agenda"),
    path("kalibrasi/sesi/<int:pk>/pilih/", sessions.calibration_choose, name="calibration-choose"),
    path("kalibrasi/sesi/<int:pk>/tutup/", sessions.calibration_close, name="calibration-close"),
    path("kalibrasi/sesi/<int:pk>/batalkan/", sessions.calibration_cancel, name="calibration-cancel"),
    path("kalibrasi/pokok/<int:pk>/", proposals.calibration_item, name="calibration-item"),
    path("kalibrasi/pokok/<int:pk>/keluarkan/", sessions.calibration_drop, name="calibration-drop"),
    path("kalibrasi/usulan/<int:pk>/jawab/", proposals.calibration_answer, name="calibration-answer"),
    path("kalibrasi/<int:unit>/<int:period>/", distributions.distribution_detail, name="distribution-detail"),
    path(
        "kalibrasi/<int:unit>/<int:period>/alasan/",
        distributions.distribution_explain,
        name="distribution-explain",
    ),
    path("kalibrasi/<int:unit>/<int:period>/sesi/", sessions.calibration_call, name="calibration-call"),
]
