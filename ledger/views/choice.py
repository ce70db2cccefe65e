"""What a reader chose in the address. What is not understood is the default, never an error; what is not there is not found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, QueryDict

from ledger.scoring.groups import Ink
from ledger.scoring.published import Reading
from ledger.selection import Selection, selection

Choice = TypeVar("Choice", bound=StrEnum)


def chosen(request: HttpRequest, name: str, of: type[Choice]) -> Choice | None:
    """The value of ``of`` that ``?name=`` names; None without one."""
    try:
        return of(request.GET.get(name, ""))
    except ValueError:
        return None


def asked_ink(request: HttpRequest) -> Ink | None:
    """``?ink=`` as the reader chose it; None if they chose nothing."""
    return chosen(request, "ink", Ink)


def reading_of(request: HttpRequest) -> Reading:
    """Against which day promises are held: ``?reading=strict``, ``deadline`` (the default) or ``latest``."""
    return chosen(request, "reading", Reading) or Reading.DEADLINE


@dataclass(frozen=True)
class Link:
    """One value to choose: its words, where it leads, and whether it is chosen."""

    words: str
    href: str
    here: bool


def links(
    request: HttpRequest, name: str, values: Iterable[tuple[str, str]], here: str, anchor: str
) -> list[Link]:
    """A link for each (value, words), which changes ``?name=`` and keeps the rest of the address but the page turned to."""
    return [
        Link(words, f"?{_with(request.GET, name, value)}#{anchor}", value == here) for value, words in values
    ]


def _with(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    changed[name] = value
    if not value:
        del changed[name]
    return changed.urlencode()


def selection_of(request: HttpRequest) -> Selection:
    """A part of the ledger: ``?speaker=`` and ``?topic=`` by their slugs, ``?q=`` words. Raises ``Http404`` for a slug that nobody has."""
    asked = request.GET
    try:
        return selection(asked.get("speaker", ""), asked.get("topic", ""), asked.get("q", ""))
    except ObjectDoesNotExist as error:
        raise Http404(str(error)) from None
