"""Addresses of this room."""

from django.urls import path

from .views import devices, helping, national, passwords, second_factor, sign_in

urlpatterns = [
    path("masuk/", sign_in.sign_in, name="sign-in"),
    path("masuk/langkah-kedua/", sign_in.second_step, name="second-step"),
    path("masuk/kirim-lagi/", sign_in.send_again, name="send-again"),
    path("masuk/asn/", national.national_sign_in, name="national-sign-in"),
    path("masuk/asn/kembali/", national.national_return, name="national-return"),
    path("keluar/", sign_in.sign_out, name="sign-out"),
    path("sampai-jumpa/", sign_in.signed_out, name="signed-out"),
    path("lupa-kata-sandi/", passwords.password_forgotten, name="password-forgotten"),
    path("lupa-kata-sandi/terkirim/", passwords.password_forgotten_sent, name="password-forgotten-sent"),
    path("kata-sandi-baru/", passwords.password_set, name="password-set"),
    path("kata-sandi-baru/<str:token>/", passwords.password_link, name="password-link"),
    path("akun/kata-sandi/", passwords.password_change, name="password-change"),
    path("akun/konfirmasi/", passwords.password_again, name="password-again"),
    path("akun/masih-di-sini/", sign_in.session_ping, name="session-ping"),
    path("akun/perangkat/", devices.device_list, name="device-list"),
    path("akun/perangkat/keluarkan-lainnya/", devices.device_end_others, name="device-end-others"),
    path("akun/perangkat/<int:pk>/keluarkan/", devices.device_end, name="device-end"),
    path(
        "akses/akun/<int:pk>/atur-ulang-langkah-kedua/",
        helping.second_factor_reset,
        name="second-factor-reset",
    ),
    path("akun/langkah-kedua/", second_factor.second_factor, name="second-factor"),
    path("akun/langkah-kedua/aplikasi/", second_factor.totp_add, name="totp-add"),
    path("akun/langkah-kedua/aplikasi/qr.svg", second_factor.totp_qr, name="totp-qr"),
    path("akun/langkah-kedua/aplikasi/hapus/", second_factor.totp_remove, name="totp-remove"),
    path("akun/langkah-kedua/kunci-sandi/", second_factor.passkey_add, name="passkey-add"),
    path(
        "akun/langkah-kedua/kunci-sandi/<int:pk>/hapus/", second_factor.passkey_remove, name="passkey-remove"
    ),
    path("akun/langkah-kedua/kode-cadangan/", second_factor.recovery_codes, name="recovery-codes"),
    path(
        "akun/langkah-kedua/kode-cadangan/baru/", second_factor.recovery_codes_new, name="recovery-codes-new"
    ),
    path(
        "akun/langkah-kedua/kode-cadangan/unduh/",
        second_factor.recovery_codes_download,
        name="recovery-codes-download",
    ),
    path(
        "akun/langkah-kedua/kode-cadangan/selesai/",
        second_factor.recovery_codes_done,
        name="recovery-codes-done",
    ),
]
