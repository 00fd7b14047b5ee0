"""Fields several forms of this room share."""

from functools import partial

from django import forms

from ambon_kinerja.widgets import words_field

from ..attachments import MOST_FILES

FILE_HINT = "Foto (JPG, PNG) atau PDF, paling banyak 5 berkas dan 5 MB per berkas. Keterangan tempat pada foto dihapus."


words = partial(words_field, rows=6, longest=5000)


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; `clean` gives a list. What is in them says attachments.receive."""

    def __init__(self, **more):
        more = {"required": False, "label": "Berkas", "help_text": FILE_HINT} | more
        widget = SeveralFiles(attrs={"accept": ".jpg,.jpeg,.png,.pdf"})
        super().__init__(widget=widget, **more)

    def clean(self, data, initial=None):
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(f"Pilih paling banyak {MOST_FILES} berkas.")
        return given
