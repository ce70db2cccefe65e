"""How lists are cut into pages."""

from __future__ import annotations

from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

MOST_DIGITS = 19
"""Of a row's number in any database."""


class Pages(CursorPagination):
    """By cursor, newest entry first: what is added meanwhile neither repeats nor hides a row.

    The number of a row never changes and no two are alike, so the order is stable.
    """

    ordering = "-pk"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The cursor of ``request``; one that was not ours is not found."""
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None and not _is_row(str(cursor.position)):
            raise NotFound(self.invalid_cursor_message)
        return cursor


def _is_row(position: str) -> bool:
    return position.isdecimal() and len(position) <= MOST_DIGITS
