"""Addresses of the services' keepers, and the card at the counter."""

from django.urls import path

from .views import card, catalogue, codes, counters, duty

DESK = "kelola-layanan/"
ONE = f"{DESK}<slug:slug>/"

urlpatterns = [
    path(DESK, catalogue.service_desk, name="service-desk"),
    path(f"{DESK}tambah/", catalogue.service_add, name="service-add"),
    path(ONE, catalogue.service_manage, name="service-manage"),
    path(f"{ONE}ubah/", catalogue.service_edit, name="service-edit"),
    path(f"{ONE}terima-jawaban/", catalogue.service_switch, name="service-switch"),
    path(f"{ONE}pengguna/", catalogue.service_users, name="service-users"),
    path(f"{ONE}loket/tambah/", counters.counter_add, name="counter-add"),
    path(f"{ONE}loket/<int:pk>/", counters.counter_manage, name="counter-manage"),
    path(f"{ONE}loket/<int:pk>/ubah/", counters.counter_edit, name="counter-edit"),
    path(f"{ONE}loket/<int:pk>/petugas/", counters.duty_add, name="counter-duty-add"),
    path(f"{ONE}petugas/<int:pk>/akhiri/", counters.duty_end, name="counter-duty-end"),
    path(f"{ONE}petugas/<int:pk>/hapus/", counters.duty_remove, name="counter-duty-remove"),
    path(f"{ONE}kode/", codes.sheet_list, name="code-sheet-list"),
    path(f"{ONE}kode/lembar/", codes.sheet_make, name="code-sheet-make"),
    path(f"{ONE}kode/berikan/", codes.code_hand_out, name="code-hand-out"),
    path(f"{ONE}kode/<int:pk>/batalkan/", codes.sheet_withdraw, name="code-sheet-withdraw"),
    path("kode-loket/", duty.duty_codes, name="duty-codes"),
    path("layanan/<slug:slug>/kartu/", card.service_card, name="service-card"),
]
