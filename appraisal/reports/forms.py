"""What the browser sends to ask for a report."""

from django import forms


class RequestForm(forms.Form):
    perangkat_daerah = forms.IntegerField(min_value=1)
    periode = forms.IntegerField(min_value=1)
    versi = forms.IntegerField(min_value=0, required=False)
