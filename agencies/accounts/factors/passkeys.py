"""Passkeys (WebAuthn level 2): what the browser is asked to sign, and whether it did."""

import ipaddress
import json
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

SITE_NAME = "Ambon Kinerja"
LONGEST_ANSWER = 20_000
UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)


class NotSigned(ValueError):
    """The browser's answer does not fit what was asked."""


def site():
    """The host name a passkey belongs to; no other site can use it."""
    return urlsplit(settings.SITE_URL).hostname


def are_possible():
    """Browsers make passkeys for names only: at a bare address, as of the demo, none is offered."""
    try:
        ipaddress.ip_address(site() or "")
    except ValueError:
        return True
    return False


def origin():
    parts = urlsplit(settings.SITE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def ask_for_new(user):
    """(what the browser is asked, as JSON text; the challenge to keep in the session)."""
    options = webauthn.generate_registration_options(
        rp_id=site(),
        rp_name=SITE_NAME,
        user_id=f"user:{user.pk}".encode(),
        user_name=user.email,
        user_display_name=user.name,
        exclude_credentials=known(user),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def ask_for_signature(user):
    """As `ask_for_new`, for one of the passkeys `user` has."""
    options = webauthn.generate_authentication_options(
        rp_id=site(), allow_credentials=known(user), user_verification=UserVerificationRequirement.PREFERRED
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def known(user):
    return [
        PublicKeyCredentialDescriptor(id=bytes(key))
        for key in user.passkeys.values_list("credential_id", flat=True)
    ]


def verified_new(answer, *, challenge):
    """The new credential in the browser's answer (JSON text); raises NotSigned."""
    try:
        return webauthn.verify_registration_response(
            credential=read(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site(),
            expected_origin=origin(),
        )
    except UNREADABLE:
        raise NotSigned


def verified_signature(answer, *, challenge, user):
    """(the passkey that signed, its new counter); raises NotSigned."""
    try:
        credential = read(answer)
        passkey = user.passkeys.filter(credential_id=base64url_to_bytes(credential["rawId"])).first()
        if passkey is None:
            raise NotSigned
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site(),
            expected_origin=origin(),
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except UNREADABLE:
        raise NotSigned
    return passkey, verified.new_sign_count


def read(answer):
    if len(answer) > LONGEST_ANSWER:
        raise NotSigned
    credential = json.loads(answer)
    if not isinstance(credential, dict):
        raise NotSigned
    return credential
