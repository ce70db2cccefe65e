"""Beat, for a broker that may have nobody to take its jobs away."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry

from config import pulse

ENOUGH = 100  # messages of a queue that are looked at; beat alone puts one of each job there


class OneOfEach(PersistentScheduler):
    """Sends no job that is waiting to be taken: after a month without a worker there is one of each, not a pile.

    Nothing is lost by that. Every job asks "what lacks a successor?" when it is done, not when it was sent.
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Do what is due, and give a sign of life."""
        pause = super().tick(*args, **kwargs)
        if place := os.environ.get(pulse.PLACE):
            pulse.touch(Path(place))
        return float(pause)

    def apply_async(self, entry: ScheduleEntry, *args: Any, **kwargs: Any) -> Any:
        """Send the job of ``entry``, or return None when it waits already."""
        return None if entry.task in self.waiting() else super().apply_async(entry, *args, **kwargs)

    def waiting(self) -> set[str]:
        """Return the names of the tasks that are in a queue and that no worker has taken."""
        channel: Any = self.connection.default_channel  # of Redis, whatever kombu's types know
        with channel.conn_or_acquire() as client:
            messages = [m for queue in self.app.amqp.queues for m in client.lrange(queue, 0, ENOUGH - 1)]
        return {json.loads(message)["headers"]["task"] for message in messages}
