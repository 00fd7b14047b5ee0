"""What the browser may ask of the pages about employees."""

from django import forms


class DirectoryForm(forms.Form):
    """`units` are the Units the user may filter by, in the order of the tree."""

    cari = forms.CharField(
        label="Nama atau angka akhir NIP",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "Pencarian paling panjang 80 tanda."},
    )
    unit = forms.TypedChoiceField(
        label="Unit",
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Pilih unit dari daftar."},
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        by_key = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [
            ("", "Semua unit"),
            *((key, indented(unit)) for key, unit in by_key.items()),
        ]
        self.fields["unit"].coerce = by_key.get


def indented(unit):
    """The name, moved in by its depth below the agency, so that the list reads as a tree."""
    return "\u2003" * max(0, unit.path.count("/") - 2) + unit.name
