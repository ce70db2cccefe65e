"""The mails themselves: what a delivery says, as text and HTML."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives

from ledger.models import Delivery


def write(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail of ``delivery``, unsent, under its own Message-ID."""
    return EmailMultiAlternatives(
        subject=str(delivery.event.prediction if delivery.event else delivery.subscription.subject),
        body=delivery.key,
        to=[delivery.subscriber.email],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
    )
