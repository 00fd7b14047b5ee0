"""The pages of this room, by what the user does there."""
