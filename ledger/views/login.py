"""Logging in, with a limit on how often a password may be guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from unfold.forms import AuthenticationForm

from ledger.moments import day_of
from ledger.post import senders
from ledger.views.senders import is_behind_a_stranger, sender_of

MOST_A_DAY = 10
"""Wrong passwords that one place may try for one name in a day. Others, who log in from elsewhere, are not locked out by it."""
MOST_NAMES_A_DAY = 50
"""Tries that one place has for all names: each name somebody makes up is a row to keep."""


class LoginForm(AuthenticationForm):  # type: ignore[misc]
    """Counts each try before the password is looked at, and forgets them all once it is right.

    Behind a proxy that nobody told us of, all come from one place, and a stranger's tries are counted with ours: so there
    are ten times as many. Not without end: that a proxy handed it on anybody can write.
    """

    def clean(self) -> dict[str, Any]:
        at = datetime.now(UTC)
        counted = self._counted(at)
        if not all(senders.may_send(place, on=day_of(at), most=most) for place, most in counted):
            raise ValidationError(
                "From where you are, too many wrong passwords were tried for this name today. Try again tomorrow."
            )
        found = super().clean()
        for place, _ in counted:
            senders.forget(place)
        return dict(found)

    def _counted(self, at: datetime) -> list[tuple[str, int]]:
        name = self.cleaned_data.get("username", "")
        of_many = 10 if is_behind_a_stranger(self.request) else 1
        return [
            (sender_of(self.request, "login", at), of_many * MOST_NAMES_A_DAY),
            (sender_of(self.request, f"login as {name}", at), of_many * MOST_A_DAY),
        ]
