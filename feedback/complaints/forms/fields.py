"""Fields several forms of this room share."""

from django import forms

from ..attachments import MOST_FILES

FILE_HINT = "Foto (JPG, PNG) atau PDF, paling banyak 5 berkas dan 5 MB per berkas. Keterangan tempat pada foto dihapus."


def words(label, *, missing, most=5000, rows=6, help_text="", required=True):
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": missing,
            "max_length": f"Tulis paling banyak {most:,} huruf.".replace(",", "."),
        },
    )


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
