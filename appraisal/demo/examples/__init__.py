"""The worked examples of PermenPANRB 6/2022, Anak Lampiran 2 and 3, as data: word for word as they are printed."""

from .examples import central, regional

__all__ = ["central", "regional"]
