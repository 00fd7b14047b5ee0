"""Handing a task to the broker: quickly or not at all, since the sweep does it again."""

import logging

from django.conf import settings
from kombu.exceptions import KombuError, OperationalError
from redis.exceptions import RedisError

from .resting import Rest

logger = logging.getLogger(__name__)
BROKER_TROUBLE = (OperationalError, KombuError, RedisError, OSError)
broker_rest = Rest()


def send(task, *arguments, countdown=0):
    """Give `task` to the broker and say whether it took it. Never raises for a broker, never waits long."""
    if broker_rest.is_on:
        return False
    try:
        if settings.CELERY_TASK_ALWAYS_EAGER:
            task.apply_async(arguments)
        else:
            _publish(task, arguments, countdown)
    except BROKER_TROUBLE as trouble:
        broker_rest.begin()
        logger.warning("broker did not take %s: %s", task.name, type(trouble).__name__)
        return False
    return True


def _publish(task, arguments, countdown):
    # A connection of its own: the pooled one would try three times with the worker's longer patience.
    patience = settings.JOB_PUBLISH_SECONDS
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS | {
        "socket_timeout": patience,
        "socket_connect_timeout": patience,
        "max_retries": 1,
        "interval_start": 0,
    }
    with task.app.connection_for_write(transport_options=options, connect_timeout=patience) as connection:
        task.apply_async(arguments, countdown=countdown or None, connection=connection, retry=False)
