"""What all tests of the chart start from."""

from .city import city

__all__ = ["city"]
