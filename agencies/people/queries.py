"""Questions about accounts that several rooms ask."""

from .models import User


def account_named(text):
    """The account of this NIP (spaces do not matter) or address, or None."""
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit() and len(digits) == 18:
        return User.objects.filter(employee__nip=digits).first()
    return User.objects.filter(email__iexact=text.strip()).first()
