"""What the mails' templates say beyond Django's own words."""

from __future__ import annotations

from django import template

from ledger.post import lines

register = template.Library()


@register.simple_block_tag(end_name="endwrapped")
def wrapped(content: str) -> str:
    """A paragraph of a text mail, in lines of its width."""
    return lines.wrapped(content)
