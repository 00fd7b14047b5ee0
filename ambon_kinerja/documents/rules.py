"""Who may do what with documents. Writes nothing."""


def can_end(by, document):
    """Whoever answers for the act by name; the room that owns the subject decides who that may be."""
    return bool(by)


def can_download(document):
    """What anybody who holds the code may take home: documents that are published anyway and still stand."""
    return document.is_public and document.state != document.State.REVOKED
