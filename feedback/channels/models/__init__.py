"""The tables of the room: tablets at a counter, answers filled in for somebody, sheets of paper."""

from .assisted import AssistedTally, Enumerator
from .kiosk import KioskDevice, KioskReceipt
from .paper import PaperBatch, PaperMismatch, PaperQuestion, PaperSheet, SheetKeying

__all__ = [
    "AssistedTally",
    "Enumerator",
    "KioskDevice",
    "KioskReceipt",
    "PaperBatch",
    "PaperMismatch",
    "PaperQuestion",
    "PaperSheet",
    "SheetKeying",
]
