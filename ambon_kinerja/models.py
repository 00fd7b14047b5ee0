"""Gathers the tables of the rooms so that Django finds them."""

from .audit.models import AuditEvent
from .documents.models import DocumentCounter, IssuedDocument
from .jobs.models import Job
from .lifecycle.models import StateChange
from .notices.models import Notice
from .personal_data.models import DataCopy, RetentionReport, RetentionRule, Viewing
from .workdays.models import Holiday

__all__ = [
    "AuditEvent",
    "DataCopy",
    "DocumentCounter",
    "Holiday",
    "IssuedDocument",
    "Job",
    "Notice",
    "RetentionReport",
    "RetentionRule",
    "StateChange",
    "Viewing",
]
