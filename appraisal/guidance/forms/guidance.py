"""Asking for guidance, opening it, agreeing on day and place."""

from datetime import datetime, time
from functools import partial

from django import forms
from django.utils import timezone

from agencies.access.lookups import LookupField
from agencies.careers.forms.days import DayField
from agencies.careers.forms.recording import RecordForm
from ambon_kinerja import widgets
from ambon_kinerja.widgets import RadiosWithHints

from ..models import Guidance

words_field = partial(widgets.words_field, rows=4, longest=2000)
KIND_HINTS = {
    "coaching": "Bertanya untuk menemukan pemecahan suatu masalah (format B.1.6).",
    "mentoring": "Belajar dari orang yang berpengalaman (format B.1.7).",
    "formal": "Misalnya diklat atau kursus dengan sertifikat.",
    "informal": "Misalnya belajar dari rekan, magang, atau belajar mandiri.",
}


class TopicForm(RecordForm):
    kind = forms.ChoiceField(
        label="Bentuk bimbingan",
        choices=Guidance.Kind.choices,
        widget=RadiosWithHints(hints=KIND_HINTS),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih bentuk bimbingan."),
    )
    topic = forms.CharField(
        label="Pokok bahasan",
        max_length=200,
        help_text="Contoh: Komplain tentang keramahan di ruang bersalin.",
        error_messages={"required": "Isi pokok bahasan.", "max_length": "Paling banyak 200 huruf."},
    )


class AppointmentMixin(forms.Form):
    day = DayField(label="Tanggal", missing="Isi tanggal pertemuan.")
    hour = forms.TimeField(
        label="Pukul (WIT)",
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=time(9),
        error_messages={"required": "Isi jam pertemuan.", "invalid": "Tulis jam seperti 09.30."},
    )
    place = forms.CharField(
        label="Tempat",
        max_length=160,
        error_messages={"required": "Isi tempat pertemuan.", "max_length": "Tempat paling banyak 160 huruf."},
    )


def appointment(values):
    """The moment and the place of a form with an appointment, as the actions want them."""
    moment = timezone.make_aware(datetime.combine(values["day"], values["hour"]))
    return {"meets_at": moment, "place": values["place"]}


def appointment_initial(record):
    """What the form of an appointment starts with."""
    moment = timezone.localtime(record.meets_at)
    return {"day": moment.date(), "hour": moment.time(), "place": record.place, "version": record.version}


class GuideMixin(forms.Form):
    guide = LookupField(
        label="Pembimbing lain",
        required=False,
        help_text="Kosongkan bila Anda sendiri yang membimbing. Untuk penugasan khusus, tulis nama lalu pilih.",
    )

    def __init__(self, *args, find_person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["guide"].find = find_person


class OpenForm(GuideMixin, AppointmentMixin, TopicForm):
    field_order = ["kind", "topic", "guide", "day", "hour", "place"]


class PlanForm(GuideMixin, AppointmentMixin, RecordForm):
    field_order = ["guide", "day", "hour", "place"]


class VersionMixin(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def carry(self, version):
        """Let the form, bound to what was typed, speak of this version from now on."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(version)


class RescheduleForm(VersionMixin, AppointmentMixin, RecordForm):
    field_order = ["day", "hour", "place"]


class ReasonForm(RecordForm):
    reason = words_field(
        "Alasan",
        missing="Tulis alasannya.",
        help_text="Pegawai dan pembimbing membaca alasan ini.",
        longest=1000,
    )


class FollowUpForm(RecordForm):
    words = words_field(
        "Tindak lanjut",
        missing="Tulis tindak lanjutnya.",
        help_text="Contoh: diusulkan mengikuti pelatihan komunikasi pelayanan triwulan depan.",
    )
