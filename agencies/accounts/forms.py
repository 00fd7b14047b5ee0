"""What the browser may send to sign in and to change a password."""

from django import forms
from django.contrib.auth.password_validation import validate_password

LONGEST_PASSWORD = 128


def password_field(label, *, autocomplete, missing, **options):
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": missing,
            "max_length": f"Kata sandi paling panjang {LONGEST_PASSWORD} tanda.",
        },
        **options,
    )


class SignInForm(forms.Form):
    username = forms.CharField(
        label="NIP atau surel",
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": "Isi NIP atau surel Anda.",
            "max_length": "NIP atau surel paling panjang 254 tanda.",
        },
    )
    password = password_field("Kata sandi", autocomplete="current-password", missing="Isi kata sandi Anda.")


class PasswordChangeForm(forms.Form):
    old = password_field(
        "Kata sandi sekarang", autocomplete="current-password", missing="Isi kata sandi Anda sekarang."
    )
    new = password_field(
        "Kata sandi baru",
        autocomplete="new-password",
        missing="Isi kata sandi baru.",
        help_text="Paling sedikit 12 tanda. Beberapa kata acak mudah diingat dan sulit ditebak.",
    )
    again = password_field(
        "Kata sandi baru sekali lagi", autocomplete="new-password", missing="Ulangi kata sandi baru."
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self):
        new = self.cleaned_data["new"]
        validate_password(new, self.user)
        if new == self.data.get("old"):
            raise forms.ValidationError("Kata sandi baru harus berbeda dari yang sekarang.")
        return new

    def clean_again(self):
        again = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError("Kedua kata sandi baru tidak sama.")
        return again
