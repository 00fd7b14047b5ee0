"""The 17 priority programmes 2025-2030 the system starts with. What an office has changed since is never overwritten.

How the city words them is not known for certain. These are working titles after the fields of government, each marked
as unconfirmed until the personnel office has put the official words in their place.
"""

from django.db import transaction

from .models import PriorityProgramme

FIRST_YEAR, LAST_YEAR = 2025, 2030

WORKING_TITLES = (
    "Peningkatan mutu dan pemerataan layanan kesehatan",
    "Percepatan penurunan stunting dan perlindungan ibu dan anak",
    "Peningkatan mutu dan pemerataan pendidikan dasar",
    "Penanggulangan kemiskinan dan perlindungan sosial",
    "Perluasan lapangan kerja dan keterampilan angkatan kerja",
    "Pengembangan usaha mikro, koperasi, dan perdagangan rakyat",
    "Pengembangan perikanan, kelautan, dan ketahanan pangan",
    "Pengembangan pariwisata, kebudayaan, dan kota musik",
    "Pengelolaan sampah dan kebersihan kota",
    "Penyediaan air bersih dan sanitasi layak",
    "Penataan perumahan, permukiman, dan ruang terbuka",
    "Pembangunan dan pemeliharaan jalan, drainase, dan talud",
    "Penataan transportasi dan lalu lintas kota",
    "Ketahanan terhadap bencana dan perubahan iklim",
    "Kerukunan, ketenteraman, dan ketertiban masyarakat",
    "Reformasi birokrasi dan layanan publik digital",
    "Penguatan pemerintahan negeri, desa, dan kelurahan",
)


@transaction.atomic
def fill():
    """Add the programmes that are missing; safe to run again."""
    for number, name in enumerate(WORKING_TITLES, start=1):
        PriorityProgramme.objects.get_or_create(
            number=number, first_year=FIRST_YEAR, defaults={"name": name, "last_year": LAST_YEAR}
        )
