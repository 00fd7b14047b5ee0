"""The trail, states and records in words a person understands."""

from importlib import import_module

from django.conf import settings

from .catalogue import catalogue


def act_in_words(action):
    """ "skp.submit" → "Ajukan SKP"; a verb nobody has put into words is quoted."""
    known = catalogue().acts.get(action) or steps_in_words().get(action)
    return known or f"Perubahan tercatat ({action})"


def steps_in_words():
    """{audit verb: label} of every step of every lifecycle."""
    words = {}
    for name in settings.LIFECYCLES:
        states = import_module(name)
        model = states.RECORD.split(".")[1].lower()
        words |= {f"{model}.{step.name}": step.label for step in states.STEPS}
    return words


def record_in_words(text):
    """ "appraisal.Skp:12" → "Sasaran Kinerja Pegawai (SKP) nomor 12"; other texts stay as they are."""
    label, _, key = text.partition(":")
    kept = catalogue().records.get(label)
    return f"{kept.title} nomor {key}" if kept and kept.title and key else text


def actor_in_words(actor, account):
    """Nobody else is named: who acted on a record is told where that record is shown."""
    if actor == f"user:{account.pk}":
        return "Anda"
    return "Pengguna lain" if actor.startswith("user:") else "Sistem"


def viewing_in_words(kind):
    return catalogue().viewings.get(kind, {}).get("words", kind)


def period_in_words(rule):
    """How long, as the page says it; `rule` is a RetentionRule or None."""
    if rule is None:
        return "Menurut jadwal retensi arsip Kota Ambon"
    if rule.action == rule.Action.KEEP:
        return "Disimpan permanen"
    verb = "dihapus" if rule.action == rule.Action.DELETE else "dikosongkan"
    return f"{rule.period_words}, lalu {verb}"
