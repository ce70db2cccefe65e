"""What no log may hold."""

from __future__ import annotations

import logging
import re

SIGNED = re.compile(r"(/(?:unsubscribe|subscribe/confirm|mail)/)[^/\s]+")


class WithoutSignedLinks(logging.Filter):
    """Cuts the signed part out of a subscriber's links: whoever reads it could act in their name."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, but for those parts of it."""
        record.msg, record.args = SIGNED.sub(r"\1…", record.getMessage()), ()
        return True
