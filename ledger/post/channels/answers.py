"""What can come of a post or an address. Every message is safe to show: none holds a word of an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

NOT_THIS = {400, 413, 422}
"""Answers that speak against what was posted. All others are about the channel: a token that was revoked, a hook taken down."""


class NotInstalled(Exception):
    def __str__(self) -> str:
        return "channels need a package that is not installed. Try: .venv/bin/pip install -r requirements-extra.txt"


class NotAnAddress(Exception):
    """The address is none that is taken; the message says why."""


class Unreadable(Exception):
    def __str__(self) -> str:
        return "its address was kept under another SECRET_KEY and cannot be read: give it again"


@dataclass
class NotTaken(Exception):
    """The service did not take a post. ``status`` is what it answered, 0 if it did not; ``wait``, how long it asked to be left alone."""

    status: int = 0
    wait: timedelta = timedelta()
    kept_out: bool = False

    @property
    def is_about_the_post(self) -> bool:
        """Whether this post would be refused again, whatever is mended about its channel."""
        return self.status in NOT_THIS

    def __str__(self) -> str:
        if self.kept_out:
            return "its host is no public address: CHANNELS_PRIVATE=1 permits those of your own network"
        return f"the service answered {self.status}" if self.status else "the service did not answer"
