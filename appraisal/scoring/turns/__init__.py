"""Whose turn it is to rate: who and in which role, taking a draft over, and the lists of what came to a person."""
