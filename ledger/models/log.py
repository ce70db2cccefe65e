"""The log: what was sealed, in order, and the checkpoints that sign for it. Nothing here is ever changed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

ONCE = ("prediction", "deadline", "evidence", "event")
"""Kinds of rows that have one leaf. A card of the index has one for each wording it had."""


class Unsealed(models.Model):
    """A row that is to be sealed: an agenda, written by triggers (``ledger.log.guard``), crossed out by ``ledger.log.sealing``."""

    kind = models.CharField(max_length=12)
    number = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "unsealed"

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class LeafQuerySet(models.QuerySet["Leaf"]):
    def of(self, kind: str, number: int) -> Self:
        """The leaves of a row, the first first."""
        return self.filter(kind=kind, number=number).order_by("index")


class Leaf(models.Model):
    """An entry of the log: the row it seals, and the very bytes that were sealed (UTF-8)."""

    index = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12)
    number = models.BigIntegerField(help_text="The row's own number, among those of its kind.")
    content = models.TextField()
    hash = models.CharField(max_length=64, help_text="RFC 6962 leaf hash of the content, in hexadecimal.")
    subtree = models.CharField(
        max_length=64, help_text="The hash of the largest complete subtree that ends with this leaf."
    )

    objects = LeafQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "leaves"
        ordering = ("index",)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "number"), condition=Q(kind__in=ONCE), name="what_happened_is_sealed_once"
            ),
        )
        indexes = (models.Index(fields=("kind", "number", "index"), name="leaves_by_row"),)

    def __str__(self) -> str:
        return f"leaf {self.index}: {self.kind} {self.number}"


class Checkpoint(models.Model):
    """The signed note that the log had this root when it had this size."""

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=44, help_text="Base64.")
    note = models.TextField(help_text="The signed note, as C2SP's tlog-checkpoint has it.")
    key = models.CharField(max_length=300, help_text="The key that checks its signature.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("size",)

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"
