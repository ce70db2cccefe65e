"""The editors' side of what became of it: the resolution desk, and the records."""

from __future__ import annotations

from ledger.admin import channels, records, review

__all__ = ["channels", "records", "review"]
