"""The roles that are given, each as a sentence a mayor understands."""

from django.db.models import TextChoices


class Role(TextChoices):
    PERSONNEL_OFFICE = "personnel_office", "BKPSDM"
    UNIT_ADMIN = "unit_admin", "Admin unit"
    INSPECTOR = "inspector", "Inspektorat"
    SYSTEM_ADMIN = "system_admin", "Admin sistem"


SENTENCES = {
    Role.PERSONNEL_OFFICE: "Mengelola data pegawai, membuka periode, dan menerbitkan laporan.",
    Role.UNIT_ADMIN: "Melihat data pegawai dan kemajuan penilaian di unitnya, lalu meminta laporan unit.",
    Role.INSPECTOR: "Membaca hasil akhir, bukti, dan jejaknya; tidak mengubah apa pun.",
    Role.SYSTEM_ADMIN: "Menjaga akun, pekerjaan latar, dan hari libur; tidak membaca penilaian.",
}
