"""What a service manager may send about a tablet."""

from django import forms

from feedback.services.models import Counter

from .answers import KEY, new_key


class PlaceForm(forms.Form):
    """A service and, where it has some, one of its counters. A list of counters of all services, named by both."""

    service = forms.ModelChoiceField(
        label="Layanan",
        queryset=None,
        empty_label="Pilih layanan",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih layanan dari daftar."),
    )
    counter = forms.ModelChoiceField(
        label="Loket",
        queryset=None,
        required=False,
        empty_label="Tanpa loket tertentu",
        error_messages={"invalid_choice": "Pilih loket dari daftar."},
    )

    def __init__(self, *args, services, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services.order_by("name")
        self.fields["counter"].queryset = (
            Counter.objects.filter(service__in=services, is_active=True)
            .select_related("service")
            .order_by("service__name", "name")
        )
        self.fields["counter"].label_from_instance = lambda counter: f"{counter.service.name}: {counter.name}"

    def clean(self):
        cleaned = super().clean()
        service, counter = cleaned.get("service"), cleaned.get("counter")
        if service and counter and counter.service_id != service.pk:
            self.add_error("counter", "Loket ini milik layanan lain.")
        return cleaned

    def refuse(self, refusal):
        """A NotPossible of an action at the field it is about."""
        self.add_error(refusal.about if refusal.about in self.fields else None, str(refusal))


class KioskForm(PlaceForm):
    name = forms.CharField(
        label="Nama kios",
        max_length=80,
        help_text="Agar tablet mudah dikenali. Contoh: Tablet loket 1.",
        error_messages={"required": "Isi nama kios.", "max_length": "Nama kios paling banyak 80 huruf."},
    )
    nonce = forms.RegexField(
        KEY,
        widget=forms.HiddenInput,
        error_messages={"invalid": "Formulir ini tidak utuh. Muat ulang halaman."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nonce"].initial = new_key


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Tulis alasannya.", "max_length": "Alasan paling banyak 300 huruf."},
    )
