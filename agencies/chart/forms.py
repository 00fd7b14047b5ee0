"""What the browser may send about units and posts."""

from datetime import date, timedelta

from django import forms

from agencies.access.forms import DAY_FORMATS, DayForm, indented
from agencies.structure.models import Post, PostLevel, Unit
from ambon_kinerja.widgets import DayInput, ShortText

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
BETWEEN = "Isi tanggal antara 1 Januari 2000 dan 31 Desember 2099."
CORRECTION = "Tanggal yang sudah lewat dicatat sebagai ralat. Hasil yang sudah ditetapkan tidak berubah."


def day_field(label, *, required=True, help_text=""):
    return forms.DateField(
        label=label,
        required=required,
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        help_text=help_text,
        error_messages={"required": "Isi tanggal.", "invalid": "Isi tanggal seperti 31-12-2026."},
    )


def text_field(label, longest, *, required=True, **more):
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        error_messages={
            "required": f"Isi {label[0].lower()}{label[1:]}.",
            "max_length": f"Paling banyak {longest} tanda.",
        },
        **more,
    )


def code_field(label, longest, help_text):
    return forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        label=label,
        max_length=longest,
        widget=ShortText(),
        help_text=help_text,
        error_messages={
            "required": "Isi kode.",
            "invalid": "Kode terdiri dari huruf, angka, titik, dan tanda hubung.",
            "max_length": f"Paling banyak {longest} tanda.",
        },
    )


class RecordField(forms.TypedChoiceField):
    """One of some records, chosen by its key; `offer` names them."""

    def __init__(self, *, empty, **kwargs):
        self.empty = empty
        kwargs.setdefault(
            "error_messages", {"required": "Pilih satu.", "invalid_choice": "Pilih dari daftar."}
        )
        super().__init__(empty_value=None, **kwargs)

    def offer(self, records, label):
        by_key = {str(record.pk): record for record in records}
        self.choices = [("", self.empty), *((key, label(record)) for key, record in by_key.items())]
        self.coerce = by_key.get


def standing_units():
    """The units that have not ended, in the order of the tree."""
    return Unit.objects.filter(valid_until=None).order_by("path")


def possible_superiors():
    """The posts of leaders and officials, and those that somebody reports to already."""
    superiors = Post.objects.filter(leads_unit=True) | Post.objects.filter(kind__in=Post.SINGLE)
    return (
        (superiors | Post.objects.filter(pk__in=Post.objects.exclude(superior=None).values("superior")))
        .filter(valid_until=None)
        .select_related("unit")
        .order_by("unit__path", "-leads_unit", "name")
    )


class MomentForm(DayForm):
    tercatat = day_field("Seperti tercatat pada akhir tanggal", required=False)


class SpanForm(forms.Form):
    """From which day something is so, by which decree, and why."""

    on = day_field("Berlaku sejak tanggal", help_text=CORRECTION)
    decree = text_field("Nomor keputusan", 80, required=False)
    decree_date = day_field("Tanggal keputusan", required=False)
    reason = text_field("Alasan", 300, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_on(self):
        return self.within("on")

    def clean_decree_date(self):
        return self.within("decree_date")

    def within(self, name):
        day = self.cleaned_data[name]
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(BETWEEN)
        return day

    def why(self):
        return {name: self.cleaned_data[name] for name in ("decree", "decree_date", "reason")}


class UntilForm(SpanForm):
    """A change that may hold for a time only."""

    until = day_field(
        "Sampai dengan tanggal", required=False, help_text="Kosongkan bila berlaku sampai ada perubahan lain."
    )

    def clean_until(self):
        return self.within("until")

    def clean(self):
        cleaned = super().clean()
        on, until = cleaned.get("on"), cleaned.get("until")
        if on and until and until < on:
            self.add_error("until", "Tanggal ini sebelum tanggal mulai.")
        return cleaned

    @property
    def end(self):
        """The day after the last, or None."""
        until = self.cleaned_data["until"]
        return until + timedelta(days=1) if until else None


class UnitAddForm(SpanForm):
    name = text_field("Nama unit", 160)
    code = code_field("Kode unit", 30, "Kode tetap walau namanya berganti. Contoh: DISKAN")
    kind = forms.ChoiceField(
        label="Jenis",
        choices=[(Unit.Kind.UNIT, "Unit kerja"), (Unit.Kind.AGENCY, "Perangkat daerah")],
        widget=forms.RadioSelect,
        initial=Unit.Kind.UNIT,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih jenis unit."),
    )
    field_order = ["name", "code", "kind"]

    def clean_code(self):
        code = self.cleaned_data["code"]
        if Unit.objects.filter(code=code).exists():
            raise forms.ValidationError("Kode ini sudah dipakai unit lain.")
        return code


class LevelMixin:
    """Choosing the level among those of the kind of post."""

    def offer_levels(self, kind=None):
        levels = PostLevel.objects.filter(post_kind=kind) if kind else PostLevel.objects.all()
        self.levels = {level.code: level for level in levels}
        groups = {}
        for level in self.levels.values():
            groups.setdefault(level.get_post_kind_display(), []).append((level.code, level.name))
        grouped = list(groups.items()) if kind is None else next(iter(groups.values()), [])
        self.fields["level"].choices = [("", "Belum ditentukan"), *grouped]


def level_field():
    return forms.ChoiceField(
        label="Jenjang", required=False, error_messages={"invalid_choice": "Pilih jenjang dari daftar."}
    )


class PostAddForm(LevelMixin, SpanForm):
    name = text_field("Nama jabatan", 160)
    code = code_field("Kode jabatan", 40, "Kode tetap walau namanya berganti. Contoh: kabid-tangkap")
    kind = forms.ChoiceField(
        label="Jenis jabatan",
        choices=[("", "Pilih jenis"), *Post.Kind.choices],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih jenis jabatan."),
    )
    level = level_field()
    superior = RecordField(label="Jabatan atasan", empty="Tidak ada (hanya Wali Kota)", required=False)
    leads_unit = forms.BooleanField(label="Memimpin unit ini", required=False)
    field_order = ["name", "code", "kind", "level", "superior", "leads_unit"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_levels()
        self.fields["superior"].offer(possible_superiors(), str)

    def clean_code(self):
        code = self.cleaned_data["code"]
        if Post.objects.filter(code=code).exists():
            raise forms.ValidationError("Kode ini sudah dipakai jabatan lain.")
        return code

    def clean(self):
        cleaned = super().clean()
        level = self.levels.get(cleaned.get("level"))
        if level and level.post_kind != cleaned.get("kind"):
            self.add_error("level", "Jenjang ini bukan untuk jenis jabatan itu.")
        return cleaned


class UnitRenameForm(UntilForm):
    name = text_field("Nama unit", 160)
    head_name = text_field("Nama jabatan pimpinan", 160, required=False)
    field_order = ["name", "head_name"]

    def __init__(self, *args, has_head, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_head:
            del self.fields["head_name"]


class UnitMoveForm(SpanForm):
    parent = RecordField(label="Unit induk baru", empty="Pilih unit")
    superior = RecordField(label="Jabatan atasan pimpinannya", empty="Tetap seperti sekarang", required=False)
    field_order = ["parent", "superior"]

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(standing_units().exclude(path__startswith=unit.path), indented)
        self.fields["superior"].offer(possible_superiors(), str)


class UnitEndForm(SpanForm):
    successor = RecordField(label="Dilanjutkan oleh", empty="Tidak ada", required=False)
    field_order = ["successor"]

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "Hari terakhir berlaku"
        self.fields["successor"].offer(standing_units().exclude(pk=unit.pk), indented)


class PostChangeForm(LevelMixin, UntilForm):
    name = text_field("Nama jabatan", 160)
    level = level_field()
    unit = RecordField(label="Unit", empty="Pilih unit")
    superior = RecordField(label="Jabatan atasan", empty="Tidak ada (hanya Wali Kota)", required=False)
    leads_unit = forms.BooleanField(label="Memimpin unit ini", required=False)
    field_order = ["name", "level", "unit", "superior", "leads_unit"]

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_levels(post.kind)
        self.fields["unit"].offer(standing_units(), indented)
        self.fields["superior"].offer(possible_superiors().exclude(pk=post.pk), str)


class PostEndForm(SpanForm):
    end_holders = forms.BooleanField(
        label="Akhiri juga tugas para pemegangnya pada hari itu",
        required=False,
        help_text="Tanpa ini, jabatan yang masih dipegang tidak dapat diakhiri.",
    )
    field_order = ["on", "end_holders"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "Hari terakhir berlaku"
