"""The nine elements of satisfaction in the annex's order (PermenPANRB 14/2017)."""

from django.db.models import TextChoices


class Element(TextChoices):
    REQUIREMENTS = "persyaratan", "Persyaratan"
    PROCEDURE = "prosedur", "Sistem, mekanisme, dan prosedur"
    TIME = "waktu", "Waktu penyelesaian"
    COST = "biaya", "Biaya/tarif"
    PRODUCT = "produk", "Produk spesifikasi jenis pelayanan"
    COMPETENCE = "kompetensi", "Kompetensi pelaksana"
    BEHAVIOUR = "perilaku", "Perilaku pelaksana"
    COMPLAINTS = "pengaduan", "Penanganan pengaduan, saran, dan masukan"
    FACILITIES = "sarana", "Sarana dan prasarana"
