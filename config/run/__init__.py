"""One command that starts everything, keeps it up, and stops it: ``python -m config.run``."""

from __future__ import annotations
