"""What the browser may send to sign in, to set a password and to set up a second factor."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password

from ambon_kinerja.widgets import ShortText

from .passwords import CompositionValidator

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


def name_field():
    return forms.CharField(
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


class SignInForm(forms.Form):
    username = name_field()
    password = password_field("Kata sandi", autocomplete="current-password", missing="Isi kata sandi Anda.")


class NewPasswordForm(forms.Form):
    """A new password, twice, for `user`."""

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
        if settings.PASSWORD_COMPOSITION:
            self.fields[
                "new"
            ].help_text = f"Paling sedikit 12 tanda. {CompositionValidator().get_help_text()}"

    def clean_new(self):
        new = self.cleaned_data["new"]
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise forms.ValidationError("Kata sandi baru harus berbeda dari yang sekarang.")
        return new

    def clean_again(self):
        again = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError("Kedua kata sandi baru tidak sama.")
        return again


class PasswordAgainForm(forms.Form):
    old = password_field(
        "Kata sandi Anda", autocomplete="current-password", missing="Isi kata sandi Anda sekarang."
    )


class PasswordChangeForm(NewPasswordForm):
    old = password_field(
        "Kata sandi sekarang", autocomplete="current-password", missing="Isi kata sandi Anda sekarang."
    )
    field_order = ("old", "new", "again")


class ForgottenForm(forms.Form):
    username = name_field()


def code_field(label, *, help_text, missing, **options):
    return forms.CharField(
        label=label,
        max_length=40,
        help_text=help_text,
        widget=ShortText(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": missing, "max_length": "Kode ini terlalu panjang."},
        **options,
    )


class TotpForm(forms.Form):
    code = code_field(
        "Kode dari aplikasi",
        help_text="Enam angka yang sedang tampil.",
        missing="Isi kode enam angka dari aplikasi.",
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class SecondStepForm(forms.Form):
    """A code of either kind, or what a passkey has signed (by script only)."""

    code = code_field(
        "Kode dari aplikasi, atau kode cadangan",
        help_text="Enam angka dari aplikasi di ponsel Anda, atau salah satu kode cadangan.",
        missing="Isi kode dari aplikasi, atau kode cadangan.",
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].required = not self.data.get("credential")

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label="Nama kunci sandi ini",
        max_length=60,
        help_text="Agar Anda mengenalinya nanti, misalnya “Ponsel saya”.",
        error_messages={
            "required": "Beri nama kunci sandi ini.",
            "max_length": "Nama paling panjang 60 tanda.",
        },
    )
    credential = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "Peramban belum membuat kunci sandi. Coba lagi, atau pakai aplikasi kode."
        },
    )
