"""The lives of the two numbered forms of this room."""
