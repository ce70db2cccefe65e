"""Turning pages of what is counted already."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator


class Counted(Paginator[Any]):
    """A paginator that is told how much there is, and does not count."""

    def __init__(self, those: Any, a_page: int, n: int) -> None:
        super().__init__(those, a_page)
        self._n = n

    @cached_property
    def count(self) -> int:
        return self._n
