"""What is asked: the nine elements in the annex's order (PermenPANRB 14/2017), and what a city may vary.

Pure. A questionnaire may ask further, local elements, and one kind of service may ask another element in place of an
official one that has no meaning there.
"""

import re

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


class Kind(TextChoices):
    """Kinds of service by what may be asked of them; each has questionnaires of its own."""

    GENERAL = "umum", "Layanan biasa"
    FREE = "gratis", "Layanan tanpa biaya menurut aturan"
    ONLINE = "daring", "Layanan hanya lewat situs web"
    FREE_ONLINE = "daring-gratis", "Layanan web tanpa biaya menurut aturan"


# Which official elements another may replace (annex: only where the element cannot be felt by the citizen).
MAY_BE_REPLACED = {
    Kind.GENERAL: (),
    Kind.FREE: (Element.COST,),
    Kind.ONLINE: (Element.COMPETENCE, Element.BEHAVIOUR),
    Kind.FREE_ONLINE: (Element.COST, Element.COMPETENCE, Element.BEHAVIOUR),
}
MOST_QUESTIONS = 12  # more would no longer be a minute, nor 20 kB
LOCAL_KEY = re.compile(r"[a-z][a-z-]{2,19}", re.ASCII)


def faults_of(kind, asked):
    """What is wrong with a questionnaire, in Indonesian; `asked` is [(key, key it replaces or ""), …] in its order."""
    keys = [key for key, _ in asked]
    replaced = [other for _, other in asked if other]
    official = set(Element.values)
    faults = [
        f"Unsur “{Element(key).label}” harus ditanyakan."
        for key in Element.values
        if key not in keys and key not in replaced
    ]
    faults += [
        f"Unsur “{Element(other).label}” tidak boleh diganti pada {Kind(kind).label.lower()}."
        for other in replaced
        if other in official and other not in MAY_BE_REPLACED[kind]
    ]
    faults += [
        f"Unsur “{Element(key).label}” tidak bisa menjadi pengganti."
        for key, other in asked
        if other and key in official
    ]
    faults += [f"“{other}” bukan unsur resmi." for other in replaced if other not in official]
    faults += [f"“{key}” ditanyakan sekaligus diganti." for key in set(keys) & set(replaced)]
    if len(set(keys)) < len(keys):
        faults.append("Satu unsur ditanyakan dua kali.")
    if len(set(replaced)) < len(replaced):
        faults.append("Satu unsur diganti dua kali.")
    faults += [
        f"Kunci “{key}” harus terdiri dari 3–20 huruf kecil atau tanda hubung."
        for key in keys
        if key not in official and not LOCAL_KEY.fullmatch(key)
    ]
    if len(keys) > MOST_QUESTIONS:
        faults.append(f"Paling banyak {MOST_QUESTIONS} pertanyaan.")
    return faults
