"""The mechanics every floor stands on, and the wiring that names the apps only by strings."""

from .celery import app as celery_app

__all__ = ["celery_app"]
