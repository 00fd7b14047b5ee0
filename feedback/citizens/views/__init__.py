"""The pages of this room, by who uses them."""
