"""Two complaints about officers, sealed: one waits for the officer's reply, of the other the name was opened."""

from agencies.access.actions import grant_role
from agencies.people.models import User
from feedback.complaints.restricted import actions
from feedback.services.models import Service

from ..organisation import CLINIC_SERVICE
from ..people import BY, SINCE, address_of


def report_conduct(people):
    """The first is about the midwife of the demo, who finds a letter among her notices; the second names nobody yet."""
    inspector = User.objects.get(email=address_of("inspektorat"))
    service = Service.objects.select_related("unit").get(slug=CLINIC_SERVICE)
    case = actions.receive(
        service=service,
        unit=service.unit,
        text="Waktu periksa hamil saya ditinggal lama di ruang tunggu, lalu dijawab ketus waktu bertanya giliran.",
        named=people["bidan-penyelia"][0],
        contact="telepon 0812-0000-0000",
        consent=True,
        sending_key="demo-conduct-1",
    )
    actions.begin(case, by=inspector)
    actions.write(case, text="Kira-kira pukul berapa Anda datang?", by=inspector)
    actions.write_as_citizen(case, text="Sekitar pukul sepuluh.", sending_key="demo-conduct-1")
    actions.write(case, text="Buku antrean ruang KIA diminta.", is_note=True, by=inspector)
    actions.ask_reply(
        case,
        substance="Seorang warga merasa menunggu lama tanpa penjelasan dan mendapat jawaban yang tidak ramah.",
        by=inspector,
    )
    other = actions.receive(
        service=Service.objects.get(slug="ktp-dan-kartu-keluarga"),
        unit=Service.objects.select_related("unit").get(slug="ktp-dan-kartu-keluarga").unit,
        text="Petugas yang berkumis di loket tiga meminta uang rokok supaya kartu keluarga cepat jadi.",
        named="Bapak berkumis di loket tiga",
        sending_key="demo-conduct-2",
    )
    second = people["auditor"][1].user
    city = inspector.role_grants.get(role="inspector").unit
    reason = "Orang kedua jalur laporan perilaku"
    grant_role(second, role="inspector", unit=city, start=SINCE, by=BY, reason=reason)
    asked = actions.ask_seal(
        other, part="named", reason="Mengenali petugas untuk meminta keterangan.", by=inspector
    )
    actions.open_seal(asked, by=second)
