"""The lives of a plan, of its parts, and of a problem."""
