"""Proofs about the log, for whoever keeps a checkpoint and does not want the whole export."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from ledger.merkle import proofs
from ledger.merkle.proofs import Kept
from ledger.models import Leaf, LeafQuerySet
from predictions.models import Prediction


class NoSuchProof(Exception):
    """It was asked of entries that the log does not have, in words for whoever asked."""


def size() -> int:
    """How many entries the log has."""
    last = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def inclusion(index: int, of: int) -> list[bytes]:
    """The path from the entry ``index`` to the root of the first ``of`` entries. Raises ``NoSuchProof``."""
    _among(of)
    try:
        return proofs.inclusion(index, of, _fetch)
    except ValueError as error:
        raise NoSuchProof(str(error)) from error


def consistency(old: int, new: int) -> list[bytes]:
    """The proof that the first ``new`` entries begin with the first ``old``. Raises ``NoSuchProof``."""
    _among(new)
    try:
        return proofs.consistency(old, new, _fetch)
    except ValueError as error:
        raise NoSuchProof(str(error)) from error


def leaves_about(prediction: Prediction) -> LeafQuerySet:
    """Everything sealed of ``prediction``: itself, later deadlines, evidence, events."""
    return Leaf.objects.filter(
        Q(kind="prediction", number=prediction.pk)
        | Q(kind="deadline", number__in=prediction.deadlines.values("pk"))
        | Q(kind="evidence", number__in=prediction.evidence.values("pk"))
        | Q(kind="event", number__in=prediction.events.values("pk"))
    )


def _among(entries: int) -> None:
    if entries > (there := size()):
        raise NoSuchProof(f"the log has {there} entries, not {entries}")


def _fetch(numbers: set[int]) -> Mapping[int, Kept]:
    rows = Leaf.objects.filter(pk__in=numbers).values_list("index", "hash", "subtree")
    return {index: Kept(bytes.fromhex(leaf), bytes.fromhex(subtree)) for index, leaf, subtree in rows}
