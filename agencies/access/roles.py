"""The roles that are given, each as a sentence a mayor understands."""

from django.db.models import TextChoices


class Role(TextChoices):
    PERSONNEL_OFFICE = "personnel_office", "BKPSDM"
    UNIT_ADMIN = "unit_admin", "Admin unit"
    INSPECTOR = "inspector", "Inspektorat"
    SYSTEM_ADMIN = "system_admin", "Admin sistem"
    SERVICE_MANAGER = "service_manager", "Pengelola layanan"
    COMPLAINT_MANAGER = "complaint_manager", "Pengelola pengaduan"


SENTENCES = {
    Role.PERSONNEL_OFFICE: (
        "Mengelola data pegawai dan akun, mengusulkan dan menyetujui peran, membuka periode, dan menerbitkan laporan."
    ),
    Role.UNIT_ADMIN: "Melihat data pegawai dan kemajuan penilaian di unitnya, lalu meminta laporan unit.",
    Role.INSPECTOR: (
        "Membaca SKP, hasil akhir, bukti, laporan, dan daftar peran tanpa mengubahnya; menangani laporan warga tentang"
        " perilaku pegawai."
    ),
    Role.SYSTEM_ADMIN: (
        "Membuka dan menutup akun, mengusulkan dan menyetujui peran, serta menjaga pekerjaan latar dan hari libur;"
        " tidak membaca penilaian."
    ),
    Role.SERVICE_MANAGER: (
        "Menyusun katalog layanan, kode survei, dan tindak lanjut survei di unitnya; untuk seluruh kota ia juga menjaga"
        " kuesioner dan mengunci hasil."
    ),
    Role.COMPLAINT_MANAGER: "Menerima, meneruskan, dan menjawab pengaduan warga tentang unitnya.",
}
