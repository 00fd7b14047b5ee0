"""What the browser may send as feedback and about it."""

from django import forms
from django.utils import timezone

from ambon_kinerja.widgets import RadiosWithHints
from appraisal.planning.forms import shortened

from ..models import Evidence, Feedback, ProgressStatement
from .texts import ABOUT_LENGTH, Choice, Day, LongText

Giver, FollowUp = Feedback.Giver, ProgressStatement.FollowUp
VOICES = {
    Giver.LEADER: "Dari Anda sendiri.",
    Giver.SERVED: "Anda mencatat ucapan warga atau pengguna layanan.",
    Giver.OTHER: "Anda mencatat ucapan pihak lain, misalnya pembimbing tugas belajar atau mitra.",
}


class VoiceForm(forms.Form):
    """About what, in which tone, in which words; `voice` says as whom this person speaks."""

    about = forms.ChoiceField(
        label="Tentang",
        error_messages={
            "required": "Pilih hasil kerja atau nilai perilaku.",
            "invalid_choice": "Pilih hasil kerja atau nilai perilaku dari daftar.",
        },
    )
    tone = forms.ChoiceField(
        label="Isinya",
        choices=Feedback.Tone.choices,
        widget=RadiosWithHints,
        error_messages={"required": "Pilih isi umpan balik.", "invalid_choice": "Pilih isi umpan balik."},
    )
    text = LongText(
        label="Umpan balik",
        missing="Tulis umpan baliknya.",
        help_text="Sebut apa yang Anda lihat dan apa yang Anda harapkan. Pegawai langsung membacanya.",
    )

    def __init__(self, *args, results, values, **kwargs):
        super().__init__(*args, **kwargs)
        self.subjects = {f"hasil-{row.pk}": {"result": row} for row in results}
        self.subjects |= {f"nilai-{row.pk}": {"value": row} for row in values}
        choices = [
            ("Hasil kerja", [(f"hasil-{row.pk}", shortened(row.statement, ABOUT_LENGTH)) for row in results]),
            ("Perilaku kerja", [(f"nilai-{row.pk}", row.name) for row in values]),
        ]
        self.fields["about"].choices = [
            ("", "Pilih satu"),
            *((words, rows) for words, rows in choices if rows),
        ]

    def facts(self):
        """The keyword arguments of `give_feedback`."""
        data = dict(self.cleaned_data)
        return data | self.subjects[data.pop("about")]


class FeedbackForm(VoiceForm):
    period = Choice(label="Periode", missing="Pilih periode.", what="periode", empty_label=None)
    kind = forms.ChoiceField(
        label="Bentuk",
        choices=Feedback.Kind.choices,
        initial=Feedback.Kind.INCIDENTAL,
        widget=RadiosWithHints(
            hints={
                "periodic": "Umpan balik rutin untuk periode ini.",
                "incidental": "Di luar jadwal, sesuai kebutuhan.",
            }
        ),
        error_messages={"required": "Pilih bentuknya.", "invalid_choice": "Pilih bentuknya."},
    )
    giver = forms.ChoiceField(
        label="Umpan balik dari",
        choices=[(giver, giver.label) for giver in VOICES],
        initial=Giver.LEADER,
        widget=RadiosWithHints(hints={giver.value: words for giver, words in VOICES.items()}),
        error_messages={"required": "Pilih asal umpan balik.", "invalid_choice": "Pilih asal umpan balik."},
    )
    given_on = Day(initial=timezone.localdate)
    evidence = Choice(
        label="Bukti yang Anda maksud",
        what="bukti",
        empty_label="Tanpa bukti",
        words=lambda row: shortened(row.title, ABOUT_LENGTH),
    )
    field_order = ("period", "about", "kind", "giver", "tone", "text", "given_on", "evidence")

    def __init__(self, *args, periods, voice=Giver.LEADER, by_task=False, evidence=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = periods
        self.voice = voice
        if voice != Giver.LEADER or by_task:
            del self.fields["giver"]
        if evidence is None:
            del self.fields["evidence"]
        else:
            self.fields["evidence"].queryset = evidence

    def facts(self):
        return {"giver": self.voice} | super().facts()


class DutyForm(VoiceForm):
    """The fast way through what a leader owes: what is said of a result answers its newest line of progress."""

    def __init__(self, *args, newest=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.newest = newest or {}

    def facts(self):
        facts = super().facts()
        result = facts.get("result")
        return facts | {"progress": self.newest.get(result.pk) if result else None}


class AnswerForm(forms.Form):
    text = LongText(
        label="Tanggapan Anda",
        missing="Tulis tanggapan Anda.",
        help_text="Hanya satu kali dan tidak dapat diubah. Pemberi umpan balik membacanya.",
    )


class AskForm(forms.Form):
    asked = Choice(
        label="Kepada",
        missing="Pilih orangnya.",
        what="orang",
        empty_label="Pilih orang",
    )
    text = LongText(
        label="Tentang apa",
        rows=3,
        missing="Tulis tentang apa Anda meminta umpan balik.",
        help_text="Contoh: Cara saya memimpin lokakarya mini Agustus",
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = people


class StatementForm(forms.Form):
    """What the leader concludes; which follow-ups fit is the rule's business."""

    shows_progress = forms.ChoiceField(
        label="Berdasarkan umpan balik, pegawai ini",
        choices=[("ya", "Menunjukkan kemajuan kinerja"), ("tidak", "Tidak menunjukkan kemajuan kinerja")],
        widget=RadiosWithHints,
        error_messages={"required": "Pilih ada atau tidak ada kemajuan."},
    )
    follow_ups = forms.MultipleChoiceField(
        label="Tindak lanjut",
        choices=[
            ("Bila ada kemajuan", [(one, one.label) for one in (FollowUp.APPRECIATE, FollowUp.NEW_TASK)]),
            (
                "Bila tidak ada kemajuan",
                [
                    (one, one.label)
                    for one in (
                        FollowUp.EXPECTATION,
                        FollowUp.RESOURCES,
                        FollowUp.COACHING,
                        FollowUp.TAKE_OVER,
                    )
                ],
            ),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih sedikitnya satu tindak lanjut."},
    )
    result = Choice(
        label="Hasil kerja yang diambil alih",
        what="hasil kerja",
        empty_label="Tidak ada",
        words=lambda result: shortened(result.statement, ABOUT_LENGTH),
        help_text="Hanya bila Anda mengambil alih. Itu baru boleh setelah tindak lanjut lain tidak membawa kemajuan.",
    )
    note = LongText(
        label="Catatan",
        rows=3,
        help_text="Wajib bila hasil kerja diambil alih; dibaca saat evaluasi.",
        missing="",
    )

    def __init__(self, *args, results, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["result"].queryset = results

    def facts(self):
        return self.cleaned_data | {"shows_progress": self.cleaned_data["shows_progress"] == "ya"}


def evidence_to_cite(skp, periods):
    return Evidence.objects.filter(result__skp=skp, period__in=periods)
