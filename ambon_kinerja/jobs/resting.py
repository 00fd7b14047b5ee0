"""Leaving a machine alone for some seconds that did not answer, so that nobody waits for it again and again."""

import time

from django.conf import settings


class Rest:
    """Until when this process does not ask (seconds of the monotonic clock); one for each machine that is asked."""

    def __init__(self):
        self.until = 0.0

    @property
    def is_on(self):
        return time.monotonic() < self.until

    def begin(self):
        self.until = time.monotonic() + settings.JOB_BROKER_REST_SECONDS
