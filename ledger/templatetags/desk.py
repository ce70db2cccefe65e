"""What only the desk's templates can say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import template

from ledger import standing
from ledger.judging.desk import Choice
from ledger.wording import public_name
from predictions.models import Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

register = template.Library()


@register.filter
def public_handle(user: User) -> str:
    """The handle of whoever it is; empty as long as they chose none."""
    return public_name(user, "")


@register.filter
def is_withdrawn(prediction: Prediction) -> bool:
    """Whether it was taken back."""
    return standing.withdrawn(prediction) is not None


@register.filter
def asked(choice: Choice) -> str:
    """What the queue is narrowed to, as the query of an address."""
    named = {"q": choice.words, "speaker": choice.speaker, "topic": choice.topic, "whose": choice.whose}
    return urlencode({name: value for name, value in named.items() if value})
