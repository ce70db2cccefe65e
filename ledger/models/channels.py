"""Where a team reads together: a room, a topic, a web hook. Set up by an editor; no part of the public record."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Channel(models.Model):
    """A place at another service that is posted to, as a mailbox is written to.

    Its address is a secret, for whoever has it can post there: it is kept encrypted (``post.channels.addresses``),
    and only its ``service`` is ever shown.
    """

    name = models.CharField(max_length=60, unique=True, help_text="What your team calls it.")
    service = models.CharField(max_length=20, editable=False)
    sealed = models.TextField(editable=False, help_text="Its address, encrypted.")
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
