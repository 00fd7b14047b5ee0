"""A promise, and what became of it."""

from django import forms

from ambon_kinerja.widgets import RadiosWithHints

from ..models import FollowUpItem
from ..queries import posts_for, slots_from
from .fields import Day, LongText, PostChoice, choice

State = FollowUpItem.State


class ItemForm(forms.Form):
    def __init__(self, data=None, *, item):
        super().__init__(data)
        slot = f"{item.due_year}-{item.due}" if item.due else ""
        self.fields |= {
            "programme": LongText(
                label="Program atau kegiatan",
                missing="Tulis program atau kegiatannya.",
                help_text="Contoh: Loket kedua dibuka pada Senin dan Selasa pagi. Warga membacanya.",
                initial=item.programme,
            ),
            "when": choice(
                "Waktu",
                [("", "Pilih triwulan atau semester"), *slots_from(item.plan.period)],
                "Pilih waktunya dari daftar.",
                initial=slot,
            ),
            "post": PostChoice(posts=posts_for(item.plan.unit), initial=item.post_id),
        }


class RealisationForm(forms.Form):
    outcome = choice(
        "Pelaksanaan",
        [(state, state.label) for state in (State.DONE, State.NOT_DONE)],
        "Pilih sudah atau belum dilaksanakan.",
        widget=RadiosWithHints(
            hints={
                "done": "Tidak dapat diubah lagi sesudah disimpan.",
                "not_done": "Dapat dicatat lagi bila kemudian dilaksanakan.",
            }
        ),
    )
    description = LongText(
        label="Yang sudah dilakukan", help_text="Wajib bila sudah dilaksanakan. Warga membacanya."
    )
    realised_on = Day(label="Dilaksanakan pada", help_text="Wajib bila sudah dilaksanakan.")
    obstacles = LongText(
        label="Tantangan atau hambatan",
        rows=3,
        help_text="Wajib bila belum dilaksanakan. Warga membacanya.",
    )
    upload = forms.FileField(
        label="Bukti",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf,.pdf,.jpg,.jpeg,.png"}),
        help_text="PDF, JPG, atau PNG, paling besar 5 MB. Lokasi foto dihapus otomatis.",
        error_messages={"invalid": "Berkas belum terbaca. Pilih ulang berkasnya."},
    )
    shows_file = forms.BooleanField(
        label="Bukti boleh dilihat warga",
        required=False,
        help_text="Centang hanya bila tidak ada wajah, nama, atau data warga di dalamnya.",
    )

    def __init__(self, data=None, files=None, *, item):
        super().__init__(data, files)
        for name in ("description", "obstacles", "realised_on", "shows_file"):
            self.fields[name].initial = getattr(item, name)
        self.fields["outcome"].initial = "" if item.state == State.PLANNED else item.state
