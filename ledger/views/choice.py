"""What a reader chose in the address. What is not understood is the default, never an error."""

from __future__ import annotations

from django.http import HttpRequest

from ledger.claims import Ink


def ink_of(request: HttpRequest) -> Ink:
    """Which entries the rates are made of: ``?ink=beforehand`` (the default), ``hindsight`` or ``all``."""
    try:
        return Ink(request.GET.get("ink", ""))
    except ValueError:
        return Ink.BEFOREHAND
