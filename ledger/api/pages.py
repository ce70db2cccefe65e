"""How lists are cut into pages."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """By cursor, newest entry first: what is added meanwhile neither repeats nor hides a row.

    The number of a row never changes and no two are alike, so the order is stable.
    """

    ordering = "-pk"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
