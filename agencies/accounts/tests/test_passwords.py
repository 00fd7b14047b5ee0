import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from agencies.people.models import Employee, User

OWNER = User(name="Petrus Contohsaja", email="petrus.c@contoh.test")
Employee(user=OWNER, nip="198609262015051001", name="Petrus Contohsaja", kind="pns")


@pytest.mark.parametrize(
    "password",
    [
        "pendek",
        "AmbonManise2026",
        "ambonmanise!!!",
        "4mb0nM4nise123",
        "Petrus198609262015051001",
        "PetrusContohsaja1",
        "26091986pegawai",
        "passwordpassword",
        "123456789012",
        "aaaabbbbaaaabbbb",
    ],
)
def test_a_password_of_expected_words_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, OWNER)


@pytest.mark.parametrize("password", ["perahu biru di teluk", "ambon-gurita-jendela", "7rQ#v!2mZ0pLx"])
def test_a_password_with_enough_to_guess_is_accepted(password):
    validate_password(password, OWNER)
    validate_password(password)
