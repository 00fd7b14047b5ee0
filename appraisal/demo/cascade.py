"""The city's agreements, a work block and the matrices of the puskesmas, after PermenPANRB 6/2022 pages 162-182.

The wording of the agreements is ours where the regulation's example has none; the programmes keep their working titles.
"""

from decimal import Decimal

from django.utils import timezone

from agencies.structure.models import Unit
from appraisal.cascading.actions import add_person, save_initiative, save_row
from appraisal.cascading.grid import leader_columns
from appraisal.goals.actions import (
    offer_agreement,
    record_agreement,
    save_budget_line,
    save_goal,
    sign_agreement,
    start_agreement,
)
from appraisal.goals.models import PriorityProgramme
from appraisal.goals.reference_data import fill
from appraisal.planning.models import Skp, WorkResult

# unit → ((sasaran, number of the programme or 0, place of the goal above or None, ((indicator, target, source), …)), …)
GOALS = {
    "KOTA": (
        (
            "Meningkatnya derajat kesehatan masyarakat",
            1,
            None,
            (("Usia harapan hidup", "71,5 tahun", "BPS Kota Ambon"),),
        ),
        (
            "Meningkatnya mutu pendidikan dasar",
            3,
            None,
            (("Harapan lama sekolah", "16 tahun", "BPS Kota Ambon"),),
        ),
        (
            "Meningkatnya kualitas layanan publik",
            16,
            None,
            (("Indeks Kepuasan Masyarakat", "85 nilai", "Survei Kepuasan Masyarakat"),),
        ),
    ),
    "DINKES": (
        (
            "Meningkatnya pelayanan kesehatan dan kemandirian masyarakat untuk hidup sehat",
            0,
            0,
            (
                ("Persentase keluarga sehat", "18 persen", "Aplikasi Keluarga Sehat"),
                ("Rata-rata nilai survei kepuasan masyarakat puskesmas", "80 nilai", "Survei puskesmas"),
            ),
        ),
        (
            "Meningkatnya akuntabilitas kinerja Dinas Kesehatan",
            0,
            2,
            (("Temuan hasil pemeriksaan yang ditindaklanjuti", "100 persen", "Inspektorat"),),
        ),
        (
            "Menurunnya prevalensi stunting",
            2,
            0,
            (("Prevalensi stunting balita", "14 persen", "Survei gizi"),),
        ),
    ),
    "PKM-TELUK": (
        (
            "Meningkatnya kualitas pelayanan puskesmas",
            0,
            0,
            (
                ("Ibu hamil yang mendapat pelayanan antenatal sesuai standar", "100 persen", "Kohort ibu"),
                ("Ibu bersalin yang mendapat pelayanan sesuai standar", "100 persen", "Kohort ibu"),
            ),
        ),
        (
            "Pengelolaan anggaran Puskesmas yang optimal",
            0,
            1,
            (("Penyerapan anggaran puskesmas", "90–100 persen", "Laporan keuangan"),),
        ),
    ),
}
BUDGET = {
    "DINKES": (("Program pemenuhan upaya kesehatan perorangan dan masyarakat", 24_500_000_000),),
    "PKM-TELUK": (
        ("Operasional pelayanan puskesmas", 1_850_000_000),
        ("Pelayanan kesehatan ibu hamil dan bersalin", 420_000_000),
    ),
}
ABOVE = {"DINKES": "KOTA", "PKM-TELUK": "DINKES"}
# (holder of the plan, place of his result, unit, place of the goal)
SERVED = (
    ("kadinkes", 0, "DINKES", 0),
    ("kadinkes", 1, "DINKES", 1),
    ("kapuskesmas", 0, "PKM-TELUK", 0),
    ("kapuskesmas", 3, "PKM-TELUK", 1),
)
BLOCK = {
    "title": (
        "Peningkatan layanan ANC dan persalinan melalui pemanfaatan aplikasi SiCantik dan pengaktifan bidan desa"
    ),
    "owner": "Kepala Puskesmas",
    "parties": "Poliklinik Desa, Dinas Kominfo",
    "deadline": "12 bulan",
    "beneficiaries": "Ibu hamil",
    "purpose": "Meningkatnya kualitas pelayanan puskesmas",
    "budget": Decimal(420_000_000),
    "method": "service",
}
BLOCK_LINES = {
    ("activity", "routine"): [
        "Meningkatkan jumlah ibu hamil yang puas atas layanan ANC dengan mengurangi waktu tunggu layanan ANC",
        "Meningkatkan jumlah ibu hamil yang puas atas layanan persalinan dengan mengurangi waktu tunggu",
        "Meningkatkan efisiensi biaya layanan melalui optimalisasi sarana dan prasarana",
        "Mengaktifkan bidan desa/bidan wilayah di polides",
    ],
    ("activity", "transformative"): [
        "Memperbarui data ibu hamil melalui aplikasi SiCantik agar layanan ANC lengkap minimal 4 kali"
    ],
    ("milestone", "routine"): [
        "Layanan antenatal care (ANC) dilakukan dengan respon cepat dan akurat",
        "Layanan persalinan dilakukan dengan respon cepat dan akurat",
    ],
    ("milestone", "transformative"): [
        "Ibu hamil dan ibu melahirkan terdata secara lengkap, akurat dan termutakhirkan melalui aplikasi SiCantik",
        "Semakin banyak bidan yang siap memberikan pelayanan di polides",
    ],
}
BLOCK_ANSWERS = {
    "services": "Pemeriksaan kehamilan dan persalinan",
    "receivers": "Ibu hamil dan ibu bersalin di wilayah kerja",
    "problems": "Waktu tunggu lama dan data ibu hamil tidak mutakhir",
    "expectations": "Layanan cepat, ramah, dan dekat",
}
LEAD_ROLES = (
    "Layanan antenatal care (ANC) dilakukan dengan respon cepat dan akurat",
    "Layanan persalinan dilakukan dengan respon cepat dan akurat",
    "Ibu hamil dan ibu melahirkan terdata secara lengkap, akurat dan termutakhirkan",
)
EXAMINED = (
    "Ibu hamil dengan kehamilan fisiologis {}mendapat pemeriksaan kehamilan sesuai perannya dalam SOP ANC"
)
# member of the team → for each role of its leader, what he brings about
TEAM = {
    "bidan-penyelia": (
        (
            EXAMINED.format("dan patologis "),
            "Rekam medis dan register kohort tercatat lengkap dan tepat waktu",
        ),
        ("Ibu hamil mendapat penanganan persalinan sesuai perannya dalam SOP layanan persalinan",),
        ("Ibu hamil dan ibu melahirkan terdata dalam aplikasi SICANTIK sesuai pembagian pendataan",),
    ),
    "bidan-mahir": (
        (EXAMINED.format(""),),
        ("Ibu hamil dengan kehamilan fisiologis mendapat penanganan persalinan sesuai SOP",),
        ("Ibu hamil dan ibu melahirkan terdata dalam aplikasi SICANTIK sesuai pembagian pendataan",),
    ),
    "nutrisionis": (
        ("Register gizi telah diisi secara lengkap dan akurat serta dilaporkan tepat waktu",),
        (),
        (),
    ),
    "loket": (("Pertanyaan pasien direspons dengan cepat dan ramah",),) * 2 + ((),),
    "sopir": ((), ("Ibu hamil yang dirujuk diantar ke tempat rujukan sesuai prosedur pendampingan",), ()),
}


def build_cascade(people, year):
    """Agreements of the city, the health office and the puskesmas; the strategy and the matrices of its head."""
    fill()
    goals = build_agreements(people, year)
    for person, place, unit, goal in SERVED:
        plan = plan_of(people, person, year)
        result = plan.results.all()[place]
        WorkResult.objects.filter(pk=result.pk).update(goal=goals[unit][goal])
    build_strategy(people, year)
    build_matrix(people, year)


def build_agreements(people, year):
    office, stored = people["kabid-kinerja"][0].user, {}
    for code, goals in GOALS.items():
        agreement = start_agreement(Unit.objects.get(code=code), year=year, by="seed")
        stored[code] = [
            save_goal(
                agreement,
                by="seed",
                statement=statement,
                programme=PriorityProgramme.objects.filter(number=number).first() if number else None,
                supports=stored[ABOVE[code]][above] if above is not None else None,
                indicators=[
                    {"statement": words, "target": target, "source": source}
                    for words, target, source in indicators
                ],
            )
            for statement, number, above, indicators in goals
        ]
        for name, amount in BUDGET.get(code, ()):
            save_budget_line(agreement, by="seed", name=name, amount=Decimal(amount))
        if code == "KOTA":
            record_agreement(agreement, by=office, signed_on=timezone.localdate())
        elif code == "DINKES":
            offer_agreement(agreement, by=people["kadinkes"][0].user)
            sign_agreement(agreement, by=people["wali-kota"][0].user)
        else:  # left open: the head of the health office has something to sign
            offer_agreement(agreement, by=people["kapuskesmas"][0].user)
    return stored


def plan_of(people, person, year):
    return Skp.objects.plans().get(employee=people[person][0], year=year)


def build_strategy(people, year):
    plan = plan_of(people, "kapuskesmas", year)
    columns = leader_columns(plan.pk)
    save_initiative(
        plan,
        by=plan.employee.user,
        values=BLOCK,
        indicators=[column.indicator.pk for column in columns[:3]],
        lines=BLOCK_LINES,
        answers=BLOCK_ANSWERS,
    )


def build_matrix(people, year):
    """The head of the puskesmas gives a doctor the lead of a team, which shares its roles out (pages 179-182)."""
    plan = plan_of(people, "kapuskesmas", year)
    head, doctor = plan.employee.user, people["dokter"][0]
    columns = leader_columns(plan.pk)
    roles = {columns[0].key: LEAD_ROLES[:1], columns[1].key: LEAD_ROLES[1:2], columns[2].key: LEAD_ROLES[2:]}
    lead = save_row(plan, doctor, by=head, roles=roles, version=0, is_team_lead=True)
    driver = people["sopir"][0]
    save_row(plan, driver, by=head, roles={columns[3].key: ["Ambulans siap jalan setiap hari"]}, version=0)
    keys = [f"p{role.pk}" for role in lead.roles.all()]
    for code, cells in TEAM.items():
        row = add_person(None, people[code][0], by=head, lead=lead)
        save_row(
            None,
            people[code][0],
            by=head,
            roles=dict(zip(keys, cells, strict=True)),
            version=row.version,
            lead=lead,
        )
