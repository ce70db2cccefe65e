"""What the admins of both apps are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, URLField
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
else:
    from unfold.admin import ModelAdmin

__all__ = ["HTTPS", "ModelAdmin", "RecordAdmin", "Row", "row_number", "signed_in"]

HTTPS: dict[Any, dict[str, Any]] = {URLField: {"assume_scheme": "https"}}
"""For ``formfield_overrides``: an address typed without a scheme gets https."""

LONGEST_NUMBER = 19
"""Digits of a number that every database can hold."""

Row = TypeVar("Row", bound=Model)


class RecordAdmin(ModelAdmin[Row]):
    """Rows to look at. What answers them is another row, written by a verb; nothing here changes them."""

    actions = None
    formfield_overrides = HTTPS

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


def signed_in(request: HttpRequest) -> User:
    """The user of a page that only users reach."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def row_number(text: str) -> int | None:
    """The number of a row that somebody may have posted or put into an address; None if it cannot be one."""
    is_number = text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER
    return int(text) if is_number else None
