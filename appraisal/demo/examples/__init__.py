"""The worked examples of PermenPANRB 6/2022, Anak Lampiran 2, 3 and 6, as data: word for word as they are printed."""

from .examples import central, regional, study_leave

__all__ = ["central", "regional", "study_leave"]
