"""What the browser may send about ranks and levels of posts."""

from django import forms

from agencies.structure.models import PostLevel, Rank

CONFIRMED = {"is_confirmed": "Sudah dipastikan terhadap peraturannya"}


def too_long(longest):
    return {"max_length": f"Paling banyak {longest} tanda."}


class RankForm(forms.ModelForm):
    class Meta:
        model = Rank
        fields = ("name", "source", "is_confirmed")
        labels = CONFIRMED
        error_messages = {"name": too_long(60), "source": too_long(160)}

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.instance.kind == Rank.Kind.PNS and not name:
            raise forms.ValidationError("Isi pangkat. Hanya golongan PPPK yang tidak punya pangkat.")
        return name

    def validate_constraints(self):
        """Checked in `clean_name`, in words that fit the field."""


class PostLevelForm(forms.ModelForm):
    class Meta:
        model = PostLevel
        fields = ("name", "ranks", "examples", "source", "is_confirmed")
        labels = CONFIRMED
        error_messages = {
            "name": {"required": "Isi nama jenjang."} | too_long(80),
            "ranks": too_long(60),
            "examples": too_long(160),
            "source": too_long(160),
        }
