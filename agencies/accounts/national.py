"""The national ASN sign-in (OpenID Connect): authlib checks state, nonce, PKCE and the token; we find the account."""

from functools import lru_cache

import requests
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from joserfc.errors import JoseError

from agencies.people.models import User

ALGORITHMS = (
    "RS256",
    "PS256",
    "ES256",
    "EdDSA",
)  # signed by the provider's own key; never "none", never a shared one
SECONDS_TO_ANSWER = 5
LEEWAY_SECONDS = 30


class NotTrusted(Exception):
    """What came back does not hold; `str()` is for the audit trail, not for the person."""


def is_configured():
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def provider():
    """The authlib client; raises NotTrusted when the provider does not answer, or is another one."""
    client = client_for(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    try:
        metadata = client.load_server_metadata()
    except (requests.RequestException, ValueError):
        raise NotTrusted("the provider does not answer")
    if metadata.get("issuer") != settings.OIDC_ISSUER:
        raise NotTrusted("the provider calls itself something else")
    metadata["id_token_signing_alg_values_supported"] = list(ALGORITHMS)
    return client


@lru_cache(maxsize=4)
def client_for(issuer, client_id, client_secret):
    """Kept, with the provider's metadata and keys; a key it does not know yet is fetched by authlib."""
    return OAuth().register(
        "national",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS_TO_ANSWER,
        },
    )


def claims_from(request):
    """What the provider says about the person who comes back; raises NotTrusted."""
    expected = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
        "exp": {"essential": True},
        "sub": {"essential": True},
    }
    try:
        token = provider().authorize_access_token(request, claims_options=expected, leeway=LEEWAY_SECONDS)
    except (OAuthError, JoseError, requests.RequestException, ValueError, KeyError) as trouble:
        raise NotTrusted(type(trouble).__name__)
    if not token.get("userinfo"):
        raise NotTrusted("no identity token")
    return token["userinfo"]


def account_of(claims):
    """The active account of these claims, or None: by NIP, and by a verified address only if the settings say so."""
    active = User.objects.filter(is_active=True)
    if nip := "".join(str(claims.get(settings.OIDC_NIP_CLAIM) or "").split()):
        return active.filter(employee__nip=nip).first()
    if settings.OIDC_EMAIL_FALLBACK and claims.get("email_verified") is True and claims.get("email"):
        return active.filter(email__iexact=str(claims["email"])).first()
    return None


def had_second_factor(claims):
    """Do `acr` or `amr` say that the person has shown two factors there? Never without the settings that say which."""
    methods = claims.get("amr") or []
    methods = methods if isinstance(methods, list) else [methods]
    return claims.get("acr") in settings.OIDC_SECOND_FACTOR_ACR or bool(
        set(map(str, methods)) & set(settings.OIDC_SECOND_FACTOR_AMR)
    )
