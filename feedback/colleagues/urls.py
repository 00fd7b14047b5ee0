"""Addresses of this room."""

from django.urls import path

from .views import answering, candidates, results, rounds

urlpatterns = [
    path("umpan-balik-rekan/", answering.desk, name="colleague-desk"),
    path("umpan-balik-rekan/jawab/<uuid:pk>/", answering.answer_task, name="colleague-answer"),
    path("umpan-balik-rekan/hasil/<uuid:pk>/", results.result, name="colleague-result"),
    path("umpan-balik-rekan/hasil/<uuid:pk>/tanggapan/", results.give_reply, name="colleague-reply"),
    path("umpan-balik-rekan/usul/<uuid:pk>/", candidates.propose, name="colleague-propose"),
    path("umpan-balik-rekan/setujui/<uuid:pk>/", candidates.approve, name="colleague-approve"),
    path("umpan-balik-rekan/putaran/", rounds.round_list, name="colleague-round-list"),
    path("umpan-balik-rekan/putaran/tambah/", rounds.round_add, name="colleague-round-add"),
    path("umpan-balik-rekan/putaran/<uuid:pk>/", rounds.round_detail, name="colleague-round-detail"),
    path("umpan-balik-rekan/putaran/<uuid:pk>/buka/", rounds.round_open, name="colleague-round-open"),
    path("umpan-balik-rekan/putaran/<uuid:pk>/undian/", rounds.round_draw, name="colleague-round-draw"),
    path("umpan-balik-rekan/putaran/<uuid:pk>/tutup/", rounds.round_close, name="colleague-round-close"),
    path("umpan-balik-rekan/putaran/<uuid:pk>/batal/", rounds.round_cancel, name="colleague-round-cancel"),
]
