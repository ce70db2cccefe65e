"""What the admin's sidebar asks: how many wait, and who may see what."""

from __future__ import annotations

from django.http import HttpRequest

from ledger import queue


def waiting(request: HttpRequest) -> str:
    """The number in the badge; nothing for nothing."""
    return str(queue.waiting().count() or "")


def may_log(request: HttpRequest) -> bool:
    return request.user.has_perm("predictions.add_prediction")


def may_resolve(request: HttpRequest) -> bool:
    return request.user.has_perm("ledger.add_resolution")
