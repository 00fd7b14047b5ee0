"""Addresses of this room."""

from django.urls import path

from .views import assisted, batches, enumerators, keying, kiosks, tablet

urlpatterns = [
    path("kios/", kiosks.kiosk_list, name="kiosk-list"),
    path("kios/pasang/", kiosks.kiosk_register, name="kiosk-register"),
    path("kios/pekerja.js", tablet.worker, name="tablet-worker"),
    path("kios/<int:pk>/", kiosks.kiosk_detail, name="kiosk-detail"),
    path("kios/<int:pk>/cabut/", kiosks.kiosk_revoke, name="kiosk-revoke"),
    path("kios/<int:pk>/pasang-kembali/", kiosks.kiosk_restore, name="kiosk-restore"),
    path("kios/<uuid:key>/", tablet.tablet, name="tablet"),
    path("kios/<uuid:key>/kirim/", tablet.send, name="tablet-send"),
    path("kios/<uuid:key>/terima-kasih/", tablet.thanks, name="tablet-thanks"),
    path("isi-bersama/", assisted.assisted_list, name="assisted-list"),
    path("isi-bersama/isi/<slug:slug>/", assisted.assisted_entry, name="assisted-entry"),
    path("isi-bersama/catatan/", assisted.assisted_tallies, name="assisted-tallies"),
    path("isi-bersama/petugas/", enumerators.enumerator_list, name="enumerator-list"),
    path("isi-bersama/petugas/tunjuk/", enumerators.enumerator_name, name="enumerator-name"),
    path("isi-bersama/petugas/<int:pk>/akhiri/", enumerators.enumerator_end, name="enumerator-end"),
    path("lembar-kertas/", batches.batch_list, name="paper-list"),
    path("lembar-kertas/baru/", batches.batch_open, name="paper-open"),
    path("lembar-kertas/cetak/<slug:slug>/", batches.blank_form, name="paper-blank"),
    path("lembar-kertas/<int:pk>/", batches.batch_detail, name="paper-detail"),
    path("lembar-kertas/<int:pk>/nomor/", batches.batch_numbers, name="paper-numbers"),
    path("lembar-kertas/<int:pk>/ketik/", keying.key, name="paper-key"),
    path("lembar-kertas/<int:pk>/beda/", keying.mismatches, name="paper-mismatches"),
    path("lembar-kertas/<int:pk>/langkah/", batches.batch_step, name="paper-step"),
]
