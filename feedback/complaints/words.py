"""What citizens are told and agree to, in the words of each version."""

CONSENT_VERSION = "2026-11"
# What was agreed to stays readable in its own words; a new text is a new version.
CONSENTS = {
    "2026-11": (
        "Saya setuju kontak saya disimpan hanya untuk memberi kabar tentang laporan ini. Saya dapat menghapusnya kapan"
        " saja dengan kode pelacakan."
    ),
}
CONSENT = CONSENTS[CONSENT_VERSION]
WRONG_CODE = "Kode ini tidak kami kenal. Periksa lagi huruf dan angkanya."
TOO_MANY = "Terlalu banyak percobaan dari jaringan ini. Coba lagi satu jam lagi."
TOO_FAST = "Formulir terkirim terlalu cepat. Periksa isinya, lalu kirim sekali lagi."
NO_NAMES = "Jangan tulis nama, NIK, atau nomor telepon siapa pun."
READ_BY_REPORTER = f"{NO_NAMES} Tulisan ini dibaca pelapor dan dapat diteruskan."
READ_BY_OFFICERS = f"{NO_NAMES} Tulisan ini dibaca petugas saja."
IDENTITY_HINTS = {
    "anonymous": "Nama Anda tidak diminta. Petugas dan publik tidak tahu siapa Anda.",
    "confidential": "Petugas yang menangani melihat nama Anda. Publik dan pihak lain tidak.",
    "open": "Petugas melihat nama Anda dan boleh menyebutnya saat menindaklanjuti.",
}
KIND_HINTS = {
    "complaint": "Ada pelayanan yang tidak sesuai atau merugikan.",
    "aspiration": "Usul atau harapan untuk perbaikan.",
    "request": "Pertanyaan tentang layanan atau kebijakan.",
}
