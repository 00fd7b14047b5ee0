"""Files that show a result. What is let in says ambon_kinerja.documents.incoming, how they lie on disk `kept`."""

from functools import partial

from ambon_kinerja.documents import kept
from ambon_kinerja.documents.incoming import FileRefused, clean_name, examine
from ambon_kinerja.documents.kept import forget, read_kept

__all__ = ["FileRefused", "clean_name", "examine", "forget", "keep", "read_kept"]

keep = partial(kept.keep, folder="bukti")
