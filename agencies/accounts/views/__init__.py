"""Pages of this room, by what a person wants to do."""
