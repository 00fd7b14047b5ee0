"""Settings of the workers that the fault tests start and kill."""

import os

from ambon_kinerja.settings import *  # noqa: F403
from ambon_kinerja.settings import APPLICATION_ROLE, DATABASES

from .kinds import HANDLERS

JOB_HANDLERS = HANDLERS
DATABASES["default"]["OPTIONS"]["options"] += f" -c role={APPLICATION_ROLE}"
DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
CELERY_WORKER_LOST_WAIT = 1  # Celery looks 10 seconds for a message from a dead child
