"""Walks through the whole system, as people do."""
