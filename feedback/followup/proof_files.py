"""The files that prove an improvement. What is let in says ambon_kinerja.documents.incoming, how they lie `kept`."""

from functools import partial

from ambon_kinerja.documents import kept
from ambon_kinerja.documents.incoming import FileRefused, examine
from ambon_kinerja.documents.kept import forget, read_kept

__all__ = ["FileRefused", "examine", "forget", "keep", "read_kept"]

keep = partial(kept.keep, folder="tindak-lanjut")
