"""The editors' side of what was said: the card index, and ink."""

from __future__ import annotations

from predictions.admin import card_index, ink

__all__ = ["card_index", "ink"]
