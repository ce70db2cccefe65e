"""The four dates of a horizon as a person sets them, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from predictions import ink
from predictions.admin.widgets import DayInput

FOUR = ("earliest", "nominal", "deadline", "latest")


class ByHandForm(forms.Form):
    """Only the deadline must be given; the other dates are filled in from it."""

    earliest = forms.DateField(required=False, help_text="Empty: the day it is counted from.")
    nominal = forms.DateField(required=False, label="Best estimate", help_text="Empty: the deadline.")
    deadline = forms.DateField(required=False, help_text="The last day that is on time.")
    latest = forms.DateField(required=False, help_text="Empty: the deadline.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FOUR:
            self.fields[name].widget = DayInput({"data-ask": name})

    def by_hand(self, counted_from: date, reason: str = "") -> ink.Override | None:
        """The dates given, gaps filled; None if there are none, or an error beside the field that is wrong."""
        given = {name: self.cleaned_data.get(name) for name in FOUR}
        if not any(given.values()) or any(name in self.errors for name in FOUR):
            return None
        deadline = given["deadline"]
        if deadline is None:
            self.add_error("deadline", "Give the deadline too; the other dates can be left empty.")
            return None
        dates = ink.Override(
            earliest=given["earliest"] or min(counted_from, given["nominal"] or deadline, deadline),
            nominal=given["nominal"] or deadline,
            deadline=deadline,
            latest=given["latest"] or deadline,
            reason=reason,
        )
        for name, wrong in self._out_of_order(dates):
            self.add_error(name, wrong)
        return None if any(name in self.errors for name in FOUR) else dates

    @property
    def amiss(self) -> list[str]:
        """What is wrong with the dates given."""
        return [str(wrong) for name in FOUR for wrong in self.errors.get(name, ())]

    def _out_of_order(self, dates: ink.Override) -> list[tuple[str, str]]:
        found = []
        if dates.earliest > dates.deadline:
            found.append(("earliest", "The first day on which it can come true lies after the deadline."))
        elif not dates.earliest <= dates.nominal <= dates.deadline:
            found.append(("nominal", "The best estimate lies between the earliest day and the deadline."))
        if dates.latest < dates.deadline:
            found.append(("latest", "The latest day lies before the deadline."))
        return found
