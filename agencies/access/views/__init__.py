"""Pages of this room, by what the reader does."""
