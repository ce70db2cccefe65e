"""A probability as editors type it: a number in per cent, or a range of two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

NUMBER = r"([0-9]{1,3}(?:[.,][0-9]{1,4})?) ?%?"
ODDS = re.compile(rf"{NUMBER}(?: ?(?:-|–|to|and) ?{NUMBER})?")


@dataclass(frozen=True, slots=True)
class Odds:
    """The ends of what was stated, as shares between 0 and 1; equal for a single number."""

    low: Decimal
    high: Decimal


class OddsField(forms.Field):
    """Reads "19", "19%" or "10 to 20 %"; gives ``Odds``, or None when left empty.

    A bare "0.9" is asked back: it may be a share of one rather than less than one per cent.
    """

    def to_python(self, value: str | None) -> Odds | None:
        typed = " ".join((value or "").split())
        if not typed:
            return None
        match = ODDS.fullmatch(typed)
        if match is None:
            raise ValidationError(
                "Give a number in per cent such as 19, or a range such as 10 to 20. Words go into the field beside."
            )
        ends = [Decimal((end or match[1]).replace(",", ".")) for end in match.groups()]
        if "%" not in typed and max(ends) <= 1 and any(0 < end < 1 for end in ends):
            meant = " to ".join(dict.fromkeys(f"{(end * 100).normalize():f}" for end in ends))
            raise ValidationError(
                f"Did you mean {meant} per cent? Then write {meant}; or {typed}% if it is that little."
            )
        low, high = (end / 100 for end in ends)
        if low > 1 or high > 1:
            raise ValidationError("A probability lies between 0 and 100 per cent.")
        if high < low:
            raise ValidationError("Give the lower end of the range first.")
        return Odds(low, high)
