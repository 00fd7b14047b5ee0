"""A second connection beside a running job's transaction: what is written there is seen at once."""

import logging
import queue
import threading
from concurrent.futures import Future

from django.db import Error, connection

logger = logging.getLogger(__name__)


class Sideline:
    """A thread with its own connection that calls `beat` every `every` seconds and `do`es what it is given.

    Inside somebody's transaction (an eager run) nobody else could see the row, so there it works in place.
    """

    def __init__(self, *, beat, every):
        self.beat, self.every = beat, every
        self.errands = queue.SimpleQueue()
        self.thread = (
            None if connection.in_atomic_block else threading.Thread(target=self._serve, daemon=True)
        )

    def __enter__(self):
        if self.thread:
            self.thread.start()
        return self

    def __exit__(self, *exception):
        if self.thread:
            self.errands.put(None)
            self.thread.join()

    def do(self, errand):
        """Run `errand` on the second connection and return its answer; True when the database could not be asked."""
        if self.thread is None:
            return errand()
        answer = Future()
        self.errands.put((errand, answer))
        return answer.result()

    def _serve(self):
        try:
            while True:
                try:
                    errand = self.errands.get(timeout=self.every)
                except queue.Empty:
                    errand = (self.beat, Future())
                if errand is None:
                    return
                work, answer = errand
                _perform(work, answer)
        finally:
            connection.close()


def _perform(work, answer):
    try:
        answer.set_result(work())
    except Error as trouble:  # progress is a courtesy: a busy database must not stop the work itself
        logger.warning("a sign of life was not written: %s", type(trouble).__name__)
        connection.close()
        answer.set_result(True)
    except Exception as mistake:  # it belongs to whoever asked
        answer.set_exception(mistake)
