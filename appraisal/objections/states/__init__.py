"""The lifecycles of this room, one a record and field."""
