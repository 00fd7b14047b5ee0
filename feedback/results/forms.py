"""What the browser may send to the pages of results."""

from django import forms
from django.db.models import Q

from agencies.structure.models import Unit

LONGEST_SEARCH = 100


class ServiceSearch(forms.Form):
    cari = forms.CharField(label="Cari layanan", max_length=LONGEST_SEARCH, required=False)
    perangkat = forms.ModelChoiceField(
        Unit.objects.agencies().order_by("name"),
        label="Perangkat daerah",
        required=False,
        empty_label="Semua perangkat daerah",
        error_messages={"invalid_choice": "Pilih perangkat daerah dari daftar."},
    )

    @property
    def is_search(self):
        return self.is_valid() and any(self.cleaned_data.values())

    def narrowed(self, services):
        """The services that fit every word; all where what was typed cannot be read."""
        if not self.is_valid():
            return services
        for word in self.cleaned_data["cari"].split():
            services = services.filter(
                Q(name__icontains=word) | Q(unit__name__icontains=word) | Q(description__icontains=word)
            )
        if agency := self.cleaned_data["perangkat"]:
            services = services.filter(unit__path__startswith=agency.path)
        return services


class LockForm(forms.Form):
    sure = forms.BooleanField(
        label="Saya tahu bahwa hasil yang dikunci tidak bisa dibuka lagi.",
        error_messages={"required": "Centang dulu: hasil yang dikunci tidak bisa dibuka lagi."},
    )
