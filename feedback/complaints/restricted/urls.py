"""Addresses of the restricted lane, and of what is put before a person himself."""

from django.urls import path

from .views import lane, letters, seals

urlpatterns = [
    path("laporan-perilaku/", lane.case_list, name="conduct-case-list"),
    path("laporan-perilaku/jawaban/", letters.letter_list, name="conduct-letter-list"),
    path("laporan-perilaku/jawaban/<uuid:pk>/", letters.letter_detail, name="conduct-letter"),
    path("laporan-perilaku/lampiran/<uuid:pk>/", seals.attachment, name="conduct-attachment"),
    path("laporan-perilaku/<uuid:pk>/", lane.case_detail, name="conduct-case"),
    path("laporan-perilaku/<uuid:pk>/periksa/", lane.case_begin, name="conduct-case-begin"),
    path("laporan-perilaku/<uuid:pk>/pegawai/", lane.case_identify, name="conduct-case-identify"),
    path("laporan-perilaku/<uuid:pk>/tulis/", lane.case_write, name="conduct-case-write"),
    path("laporan-perilaku/<uuid:pk>/hak-jawab/", lane.case_ask_reply, name="conduct-case-ask-reply"),
    path("laporan-perilaku/<uuid:pk>/atasan/", lane.case_inform, name="conduct-case-inform"),
    path("laporan-perilaku/<uuid:pk>/putuskan/", lane.case_decide, name="conduct-case-decide"),
    path("laporan-perilaku/<uuid:pk>/serahkan/", lane.case_hand_over, name="conduct-case-hand-over"),
    path("laporan-perilaku/<uuid:pk>/biasa/", lane.case_ordinary, name="conduct-case-ordinary"),
    path("laporan-perilaku/<uuid:pk>/selesai/", lane.case_close, name="conduct-case-close"),
    path("laporan-perilaku/<uuid:pk>/segel/<slug:part>/minta/", seals.seal_ask, name="conduct-seal-ask"),
    path("laporan-perilaku/<uuid:pk>/segel/<int:opening>/buka/", seals.seal_open, name="conduct-seal-open"),
    path("laporan-perilaku/<uuid:pk>/segel/<slug:part>/baca/", seals.seal_read, name="conduct-seal-read"),
]
