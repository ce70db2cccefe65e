"""The controls of the forms that are not Django's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Field

from predictions.admin.base import row_number


class DayInput(forms.DateInput):
    """The browser's own picker of a day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def _numbers(posted: Any) -> Any:
    """What was posted; what cannot be the number of a row becomes 0, which no row has.

    Left as it is, it would be a server error further down instead of a message.
    """
    if isinstance(posted, list):
        return [_numbers(one) for one in posted]
    return posted and str(row_number(posted) or 0)


class Pick(AutocompleteSelect):
    """One row, found by typing through the admin that it is registered with."""

    def __init__(self, field: Field[Any, Any]) -> None:
        super().__init__(field, admin.site)

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["predictions/picks.js"])

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return _numbers(super().value_from_datadict(data, files, name))


class PickMany(Pick, forms.SelectMultiple):
    """Any number of rows, found in the same way."""
