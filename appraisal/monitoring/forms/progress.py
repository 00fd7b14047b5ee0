"""What the browser may send about progress and the steps agreed on."""

from django import forms
from django.utils import timezone

from ambon_kinerja.widgets import RadiosWithHints
from appraisal.planning.fields import IndonesianDecimalField
from appraisal.planning.forms import shortened
from appraisal.planning.models import Indicator, WorkResult

from .texts import ABOUT_LENGTH, Choice, Day, LongText, OneFile


class ProgressForm(forms.Form):
    """A line of progress: one result, one text; everything else has an answer already or may stay empty."""

    result = Choice(
        label="Untuk hasil kerja",
        missing="Pilih hasil kerja.",
        what="hasil kerja",
        widget=RadiosWithHints,
        empty_label=None,
        words=lambda result: shortened(result.statement, ABOUT_LENGTH),
    )
    text = LongText(
        label="Apa yang maju?",
        rows=3,
        missing="Tulis kemajuannya.",
        help_text="Satu atau dua kalimat cukup. Jangan tulis nama pasien atau warga.",
    )
    day = Day(initial=timezone.localdate)
    indicator = forms.ModelChoiceField(
        queryset=Indicator.objects.none(),
        label="Ukuran yang bertambah",
        required=False,
        empty_label="Tidak ada jumlah",
        error_messages={"invalid_choice": "Pilih ukuran dari daftar."},
    )
    amount = IndonesianDecimalField(label="Jumlah", required=False)
    upload = OneFile(label="Foto atau berkas")

    def __init__(self, *args, results, with_file=True, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [row.pk for row in results]
        self.fields["result"].queryset = WorkResult.objects.filter(pk__in=keys)
        measured = Indicator.objects.filter(
            result__in=keys, withdrawn_on=None, target_low__isnull=False
        ).select_related("result")
        field = self.fields["indicator"]
        field.queryset = measured
        field.label_from_instance = lambda one: shortened(f"{one.statement} ({one.unit})", ABOUT_LENGTH)
        if not measured:
            del self.fields["indicator"], self.fields["amount"]
        if not with_file:
            del self.fields["upload"]

    def clean(self):
        """An amount without a measure counts for the only one of the result; where there are several one is named."""
        cleaned = super().clean()
        result, amount = cleaned.get("result"), cleaned.get("amount")
        if (
            result is not None
            and amount is not None
            and not cleaned.get("indicator")
            and "indicator" not in self.errors
        ):
            measured = [one for one in self.fields["indicator"].queryset if one.result_id == result.pk]
            if len(measured) == 1:
                cleaned["indicator"] = measured[0]
        return cleaned

    def facts(self):
        """The keyword arguments of `note_progress` and `change_progress`, without the file."""
        data = self.cleaned_data
        return {name: data[name] for name in ("result", "day", "text")} | {
            name: data.get(name) for name in ("indicator", "amount")
        }


class StepForm(forms.Form):
    """One step of the action plan."""

    text = LongText(
        label="Langkah",
        rows=2,
        missing="Tulis langkahnya.",
        help_text="Contoh: Menyusun jadwal kelas ibu hamil",
    )
    due_on = Day(label="Selesai paling lambat")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
