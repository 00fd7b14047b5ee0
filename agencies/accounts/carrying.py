"""A form that met an ended session goes through the sign-in page and is offered again: no typed text is lost."""

from ambon_kinerja.trouble import sent_fields

from .sealing import Unreadable, seal, unseal

CARRIED = "carried"
PURPOSE = "carried form"
GOOD_FOR_SECONDS = 24 * 60 * 60


def pack(request, owner):
    """What `owner` (the key of a user) has just sent, sealed; "" when it is nothing, or nobody's."""
    fields = sent_fields(request)
    if not fields or owner is None:
        return ""
    return seal({"owner": owner, "address": request.get_full_path(), "fields": fields}, purpose=PURPOSE)


def unpack(text, *, owner=None):
    """{"address", "fields"} as packed, or None: unreadable, too old, or somebody else's."""
    try:
        packed = unseal(text, purpose=PURPOSE, seconds=GOOD_FOR_SECONDS)
    except Unreadable:
        return None
    return packed if owner is None or packed["owner"] == owner else None
