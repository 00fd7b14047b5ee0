"""Reminders before a deadline, and whom else they reach after it."""
