"""Addresses of this room."""

from django.urls import path

from .views import accounts, forms, history, listing, rewards, talent

CREDIT, FOLLOW = "angka-kredit", "tindak-lanjut"
urlpatterns = [
    path(f"{FOLLOW}/", listing.outcome_list, name="outcome-list"),
    path(f"{FOLLOW}/daftar/<slug:word>/", listing.outcome_rows, name="outcome-rows"),
    path(f"{FOLLOW}/daftar/<slug:word>/berkas/", listing.outcome_rows_file, name="outcome-rows-file"),
    path(f"{FOLLOW}/daftar/<slug:word>/siapkan/", listing.outcome_rows_request, name="outcome-rows-request"),
    path(f"{FOLLOW}/berkas/<int:pk>/", listing.outcome_file, name="outcome-file"),
    path(f"{FOLLOW}/talenta/", talent.talent, name="talent"),
    path(f"{FOLLOW}/talenta/<int:employee>/potensial/", talent.potential_record, name="potential-record"),
    path(
        f"{FOLLOW}/talenta/potensial/<int:pk>/batalkan/",
        talent.potential_take_back,
        name="potential-take-back",
    ),
    path(f"{FOLLOW}/penghargaan/", rewards.reward_list, name="reward-list"),
    path(f"{FOLLOW}/penghargaan/<int:employee>/usulkan/", rewards.reward_propose, name="reward-propose"),
    path(f"{FOLLOW}/penghargaan/usulan/<int:pk>/tarik/", rewards.reward_withdraw, name="reward-withdraw"),
    path(f"{FOLLOW}/penghargaan/usulan/<int:pk>/tinjau/", rewards.reward_review, name="reward-review"),
    path(f"{CREDIT}/", accounts.credit_list, name="credit-list"),
    path(f"{CREDIT}/pegawai/<int:employee>/", accounts.credit_account, name="credit-account"),
    path(f"{CREDIT}/pegawai/<int:employee>/awal/", accounts.balance_record, name="balance-record"),
    path(f"{CREDIT}/awal/<int:pk>/batalkan/", accounts.balance_take_back, name="balance-take-back"),
    path(f"{CREDIT}/pegawai/<int:employee>/keterangan/", accounts.particulars_edit, name="particulars-edit"),
    path(
        f"{CREDIT}/pegawai/<int:employee>/konversi/<int:year>/",
        forms.conversion_prepare,
        name="conversion-prepare",
    ),
    path(f"{CREDIT}/pegawai/<int:employee>/pak/", forms.assessment_prepare, name="assessment-prepare"),
    path(f"{CREDIT}/konversi/<int:pk>/", forms.conversion_detail, name="conversion-detail"),
    path(f"{CREDIT}/konversi/<int:pk>/cetak/", forms.conversion_print, name="conversion-print"),
    path(f"{CREDIT}/konversi/<int:pk>/tandatangani/", forms.conversion_sign, name="conversion-sign"),
    path(f"{CREDIT}/konversi/<int:pk>/batalkan/", forms.conversion_withdraw, name="conversion-withdraw"),
    path(f"{CREDIT}/konversi/<int:pk>/tinjau/", forms.conversion_review, name="conversion-review"),
    path(f"{CREDIT}/konversi/<int:pk>/ganti/", forms.conversion_replace, name="conversion-replace"),
    path(f"{CREDIT}/pak/<int:pk>/", forms.assessment_detail, name="assessment-detail"),
    path(f"{CREDIT}/pak/<int:pk>/cetak/", forms.assessment_print, name="assessment-print"),
    path(f"{CREDIT}/pak/<int:pk>/akumulasi/", forms.accumulation_print, name="accumulation-print"),
    path(f"{CREDIT}/pak/<int:pk>/tandatangani/", forms.assessment_sign, name="assessment-sign"),
    path(f"{CREDIT}/pak/<int:pk>/batalkan/", forms.assessment_withdraw, name="assessment-withdraw"),
    path("riwayat/", history.history_mine, name="history-mine"),
    path("riwayat/tim/", history.history_team, name="history-team"),
    path("riwayat/pegawai/<int:employee>/", history.history_of, name="history-of"),
    path("riwayat/pegawai/<int:employee>/catat/", history.past_record, name="past-record"),
    path("riwayat/luar/<int:pk>/batalkan/", history.past_take_back, name="past-take-back"),
    path("riwayat/salin/", history.past_import, name="past-import"),
]
