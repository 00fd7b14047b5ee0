"""What the browser may send about mergers and splits: first which units and from when, then the rest."""

from copy import deepcopy

from django import forms
from django.utils.formats import date_format

from agencies.access.forms import indented
from agencies.structure.models import Post, PostLevel, PostVersion, Unit
from agencies.structure.reorganising import END, LEAD, STAY

from .forms import (
    BETWEEN,
    CORRECTION,
    FIRST_DAY,
    LAST_DAY,
    RecordField,
    SpanForm,
    UnitAddForm,
    code_field,
    day_field,
    standing_units,
    text_field,
)

FATES = {
    END: "Berakhir; bawahannya melapor ke pimpinan unit penerima",
    STAY: "Tetap ada sebagai jabatan biasa di unit penerima",
    LEAD: "Memimpin unit penerima",
}


def with_its_end(unit):
    """As in the tree; a unit that has ended can still be merged on a day before, as a correction."""
    end = f" (berakhir {date_format(unit.valid_until, 'j F Y')})" if unit.valid_until else ""
    return indented(unit) + end


class DayAskedForm(forms.Form):
    on = day_field("Berlaku sejak tanggal", help_text=CORRECTION)

    def clean_on(self):
        day = self.cleaned_data["on"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(BETWEEN)
        return day


class MergeStartForm(DayAskedForm):
    """Which units are merged into which; an empty `into` makes a new unit."""

    merged_1 = RecordField(label="Unit yang digabung", empty="Pilih unit")
    merged_2 = RecordField(label="Unit kedua yang digabung", empty="Tidak ada", required=False)
    merged_3 = RecordField(label="Unit ketiga yang digabung", empty="Tidak ada", required=False)
    merged_4 = RecordField(label="Unit keempat yang digabung", empty="Tidak ada", required=False)
    into = RecordField(label="Digabung ke", empty="Unit baru", required=False)
    field_order = ["merged_1", "merged_2", "merged_3", "merged_4", "into", "on"]

    MERGED = ("merged_1", "merged_2", "merged_3", "merged_4")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = list(Unit.objects.exclude(kind=Unit.Kind.CITY).order_by("path"))
        for name in (*self.MERGED, "into"):
            self.fields[name].offer(units, with_its_end)

    def clean(self):
        cleaned = super().clean()
        chosen = [cleaned.get(name) for name in self.MERGED if cleaned.get(name)]
        cleaned["merged"] = list(dict.fromkeys(chosen))
        if cleaned.get("into") in cleaned["merged"]:
            self.add_error("into", "Unit tidak dapat digabung ke dirinya sendiri.")
        if (
            cleaned["merged"]
            and "into" not in self.errors
            and not cleaned.get("into")
            and len(cleaned["merged"]) < 2
        ):
            self.add_error("merged_2", "Pilih paling sedikit dua unit untuk membentuk unit baru.")
        return cleaned


def new_unit_fields():
    return {
        "name": text_field("Nama unit baru", 160),
        "code": code_field("Kode unit baru", 30, "Kode tetap walau namanya berganti. Contoh: DISKAN"),
        "kind": deepcopy(UnitAddForm.base_fields["kind"]),
        "parent": RecordField(label="Unit induk", empty="Pilih unit"),
    }


class NewUnitMixin:
    """Fields of a unit that is made on the way."""

    def ask_new_unit(self, parent, *, besides=()):
        self.fields |= new_unit_fields()
        units = standing_units().exclude(pk__in=[unit.pk for unit in besides])
        self.fields["parent"].offer(units, indented)
        self.fields["parent"].initial = parent and parent.pk

    def clean_code(self):
        code = self.cleaned_data["code"]
        if Unit.objects.filter(code=code).exists():
            raise forms.ValidationError("Kode ini sudah dipakai unit lain.")
        return code

    def new_unit(self):
        return {name: self.cleaned_data[name] for name in ("name", "code", "kind", "parent")}


class MergeForm(NewUnitMixin, SpanForm):
    """`merged`, `into` and `day` come from the first page; here what becomes of the heads, and why."""

    def __init__(self, *args, merged, into, day, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["on"]
        self.into = into
        if into is None:
            self.ask_new_unit(merged[0].parent, besides=merged)
            self.fields["head_name"] = text_field(
                "Nama jabatan pimpinan unit baru",
                160,
                required=False,
                help_text="Kosongkan bila namanya tetap.",
            )
        heads = PostVersion.objects.on(day).filter(unit__in=merged, leads_unit=True)
        self.heads = list(heads.select_related("post", "unit").order_by("unit__path"))
        for version in self.heads:
            self.fields[self.fate_name(version)] = forms.ChoiceField(
                label=f"Jabatan {version.name}",
                choices=list(FATES.items()),
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih nasib jabatan ini."),
            )
        why = ("decree", "decree_date", "reason")
        self.order_fields([name for name in self.fields if name not in why] + list(why))

    @staticmethod
    def fate_name(version):
        return f"head_{version.post_id}"

    def fates(self):
        """{post key: END, STAY or LEAD}"""
        return {version.post_id: self.cleaned_data[self.fate_name(version)] for version in self.heads}


class SplitForm(NewUnitMixin, SpanForm):
    """The posts that come along into a new unit, and who leads it: one of them, or a new post."""

    posts = forms.MultipleChoiceField(
        label="Jabatan yang pindah ke unit baru",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih paling sedikit satu jabatan.",
            "invalid_choice": "Pilih dari daftar.",
        },
    )
    head = RecordField(label="Jabatan pimpinan unit baru", empty="Jabatan baru, isi di bawah", required=False)
    head_name = text_field("Nama jabatan pimpinan baru", 160, required=False)
    head_code = code_field("Kode jabatan pimpinan baru", 40, "Contoh: kabid-tangkap")
    head_level = forms.ChoiceField(
        label="Jenjang jabatan pimpinan baru",
        required=False,
        error_messages={"invalid_choice": "Pilih jenjang dari daftar."},
    )

    def __init__(self, *args, unit, day, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["on"]
        self.ask_new_unit(unit.parent or unit)
        standing = PostVersion.objects.on(day).filter(unit=unit, leads_unit=False).select_related("post")
        self.posts = {str(version.post_id): version for version in standing.order_by("name")}
        self.fields["posts"].choices = [(key, version.name) for key, version in self.posts.items()]
        self.fields["head"].offer([version.post for version in self.posts.values()], lambda post: post.name)
        self.fields["head_code"].required = False
        kinds = (Post.Kind.HIGH, Post.Kind.ADMINISTRATOR, Post.Kind.SUPERVISOR)
        self.levels = {level.code: level for level in PostLevel.objects.filter(post_kind__in=kinds)}
        self.fields["head_level"].choices = [
            ("", "Pilih jenjang"),
            *((code, level.name) for code, level in self.levels.items()),
        ]
        first = ["name", "code", "kind", "parent", "posts", "head", "head_name", "head_code", "head_level"]
        self.order_fields([*first, "decree", "decree_date", "reason"])

    def clean_head_code(self):
        code = self.cleaned_data["head_code"]
        if code and Post.objects.filter(code=code).exists():
            raise forms.ValidationError("Kode ini sudah dipakai jabatan lain.")
        return code

    def clean(self):
        cleaned = super().clean()
        head = cleaned.get("head")
        if head is None and "head" not in self.errors:
            for name, words in (
                ("head_name", "Isi nama jabatan pimpinan, atau pilih salah satu jabatan yang pindah."),
                ("head_code", "Isi kode jabatan pimpinan."),
                ("head_level", "Pilih jenjang jabatan pimpinan."),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        elif head is not None and str(head.pk) not in cleaned.get("posts", []):
            self.add_error("head", "Pilih jabatan ini juga pada daftar jabatan yang pindah.")
        return cleaned

    def chosen_posts(self):
        return [self.posts[key].post for key in self.cleaned_data["posts"]]

    def new_head(self):
        """What the new head post is, or None when one of the posts leads."""
        if self.cleaned_data["head"] is not None:
            return None
        level = self.levels[self.cleaned_data["head_level"]]
        return {
            "name": self.cleaned_data["head_name"],
            "code": self.cleaned_data["head_code"],
            "kind": level.post_kind,
            "level": level.code,
        }
