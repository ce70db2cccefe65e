"""The editors' side of what was said: the card index, and ink."""

from __future__ import annotations

from predictions.admin import card_index, ink
from predictions.review import admin as review

__all__ = ["card_index", "ink", "review"]
