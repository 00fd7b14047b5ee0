"""Migrations of this floor, and how those of all floors run (docs/adr/0028)."""

from ambon_kinerja.migrations._at_once import at_once

__all__ = ["at_once"]
