"""The lifecycles of this room, one module for each record."""
