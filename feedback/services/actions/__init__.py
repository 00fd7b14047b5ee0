"""What changes services, counters and codes."""

from .catalogue import add_service

__all__ = ["add_service"]
