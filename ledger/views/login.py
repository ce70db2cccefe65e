"""Logging in, with a limit on how often a password may be guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from unfold.forms import AuthenticationForm

from ledger.moments import day_of
from ledger.post import senders
from ledger.views.senders import sender_of

MOST_A_DAY = 10
"""Wrong passwords that one place may try for one name in a day. Others, who log in from elsewhere, are not locked out by it."""


class LoginForm(AuthenticationForm):  # type: ignore[misc]
    """Counts each try before the password is looked at, and forgets them all once it is right."""

    def clean(self) -> dict[str, Any]:
        name, at = self.cleaned_data.get("username", ""), datetime.now(UTC)
        place = sender_of(self.request, f"login as {name}", at)
        if not senders.may_send(place, on=day_of(at), most=MOST_A_DAY):
            raise ValidationError(
                "From where you are, too many wrong passwords were tried for this name today. Try again tomorrow."
            )
        found = super().clean()
        senders.forget(place)
        return dict(found)
