"""Which addresses may stand as evidence."""

from urllib.parse import urlsplit


def refuse_unsafe_link(link):
    """The address without outer spaces. Raises ValueError with the reason in Indonesian."""
    link = link.strip()
    if len(link) > 500:
        raise ValueError("Tautan terlalu panjang: paling banyak 500 huruf.")
    if any(letter.isspace() or not letter.isprintable() or letter in '\\<>"`{}|^' for letter in link):
        raise ValueError("Tautan berisi spasi atau tanda yang tidak dapat dipakai.")
    try:
        parts = urlsplit(link)
        host, user, _ = parts.hostname, parts.username, parts.port
    except ValueError:
        raise ValueError("Tautan ini tidak dapat dibaca. Salin ulang dari peramban Anda.") from None
    if parts.scheme != "https" or not link.lower().startswith("https://"):
        raise ValueError("Tautan harus diawali https://.")
    if not host or "." not in host.strip("."):
        raise ValueError("Tautan harus memuat nama situs, misalnya https://ambon.go.id/laporan.")
    if user is not None or "@" in parts.netloc:
        raise ValueError("Tautan tidak boleh memuat nama pengguna atau kata sandi.")
    return link
