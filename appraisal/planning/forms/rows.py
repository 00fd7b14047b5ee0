"""A form of many like rows, of which some come and go before anything is stored."""

MOST_READ = 60  # rows that are read from a browser at most


class Unreadable(ValueError):
    """The count of rows is missing or forged."""


def count_of(data, prefix):
    text = str(data.get(f"{prefix}-jumlah", ""))
    if not (text.isascii() and text.isdecimal() and len(text) < 4) or int(text) > MOST_READ:
        raise Unreadable
    return int(text)


def bound_rows(form_class, data, prefix):
    """The rows as forms bound to what was sent. Raises Unreadable, also when a row would be dropped in silence."""
    count = count_of(data, prefix)
    if any(name.startswith(f"{prefix}-{count}-") for name in data):
        raise Unreadable
    return [form_class(data, prefix=f"{prefix}-{row}") for row in range(count)]


def typed_values(form_class, data, prefix):
    """The rows as they were typed, right or wrong."""
    try:
        count = count_of(data, prefix)
    except Unreadable:
        count = 0
    names = form_class.base_fields
    return [{name: data.get(f"{prefix}-{row}-{name}", "") for name in names} for row in range(count)]


def fresh_rows(form_class, rows, prefix):
    """The rows as unbound forms that show these values."""
    return [form_class(initial=row, prefix=f"{prefix}-{place}") for place, row in enumerate(rows)]


def index_sent(text, rows):
    """The row that a button names, or None."""
    return (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) < len(rows) else None
    )
