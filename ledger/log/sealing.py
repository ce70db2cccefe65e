"""Sealing: rows that lack a leaf get one, in order, and the log's new size is signed for.

Writers wait for none of it. Triggers note on an agenda what was written, in the writer's own
transaction; whoever commits late is sealed late, so that nothing depends on the order of numbers.
A batch (its leaves, its checkpoint, what is crossed out on the agenda) is one transaction: killed
half-way it was never begun. Of two sealers at once one does the work, and the leaves' numbers are
unique: the log cannot fork.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, Model, OuterRef

from ledger.log import leaves
from ledger.log.cards import CardIndex, Place, Written, place
from ledger.log.leaves import CARDS, KINDS
from ledger.merkle.signing import Signer
from ledger.merkle.tree import Range, leaf_hash, peaks
from ledger.models import Checkpoint, Leaf, Unsealed

logger = logging.getLogger(__name__)

BATCH = 500
"""Rows sealed in one transaction. On SQLite writers wait while it commits, a few hundredths of a second."""


def seal(at: datetime) -> int:
    """Seal all that lacks a leaf; return how many leaves were appended. ``at`` is when the checkpoints are made."""
    sealed = 0
    while agenda := list(Unsealed.objects.order_by("pk")[:BATCH]):
        written = list(_write(agenda))  # before the transaction: what is read here is ink, and stays as it is
        if not _append(written, agenda, at):
            break
        sealed += len(written)
    return sealed


def latest_checkpoint(at: datetime | None = None) -> Checkpoint | None:
    """The newest checkpoint, or the newest there was at a moment; None as long as nothing was sealed."""
    signed = Checkpoint.objects.filter(made_at__lte=at) if at else Checkpoint.objects.all()
    return signed.order_by("-size").first()


def signer() -> Signer:
    """Whoever signs for this installation's log; its ``key`` checks the signatures made from now on."""
    return Signer(settings.LOG_ORIGIN, settings.LOG_KEY)


def public_key() -> str:
    """The key that checks the latest checkpoint, as it is given to people (C2SP's vkey)."""
    latest = latest_checkpoint()
    return latest.key if latest else str(signer().key)


def tree() -> Range:
    """The log's tree as it is now, read from the few leaves that end its largest subtrees."""
    last = Leaf.objects.order_by("-index").first()
    size = last.index + 1 if last else 0
    ends = [start + (1 << level) - 1 for start, level in peaks(size)]
    kept = dict(Leaf.objects.filter(pk__in=ends).values_list("index", "subtree"))
    return Range(size, [bytes.fromhex(kept[end]) for end in ends])


def _append(written: list[Written], agenda: list[Unsealed], at: datetime) -> bool:
    """Append all or nothing; say whether it was we who did."""
    try:
        with transaction.atomic():
            ours = Unsealed.objects.filter(pk__in=[item.pk for item in agenda])
            if len(ours.select_for_update()) < len(agenda):
                return False  # another sealer has them
            grown = tree()
            Leaf.objects.bulk_create(_leaf(one, grown) for one in written)
            if written:
                _sign(grown, at)
            ours.delete()
    except IntegrityError:
        logger.info("another sealer was quicker; the next round goes on from there")
        return False
    return True


def _leaf(one: Written, grown: Range) -> Leaf:
    index, hashed = grown.size, leaf_hash(one.content)
    subtree = grown.append(hashed)
    return Leaf(
        index=index,
        kind=one.kind,
        number=one.number,
        content=one.content.decode(),
        hash=hashed.hex(),
        subtree=subtree.hex(),
    )


def _sign(grown: Range, at: datetime) -> None:
    root, ours = grown.root(), signer()
    Checkpoint.objects.create(
        size=grown.size,
        root=b64encode(root).decode(),
        note=str(ours.checkpoint(grown.size, root)),
        key=str(ours.key),
        made_at=at,
    )


def _write(agenda: Iterable[Unsealed]) -> Iterator[Written]:
    """The leaves that the rows on ``agenda`` lack, in its order; each after those of the cards that it names."""
    asked = list(dict.fromkeys((item.kind, item.number) for item in agenda))
    rows = _fetched(asked)
    named = {one: list(KINDS[one[0]].cards(of)) for one, of in rows.items()}
    index = CardIndex({*asked, *(place(card) for cards in named.values() for card in cards)})
    for one in asked:
        if one[0] in CARDS:
            yield from index.corrected(one, rows.get(one))
        elif of := rows.get(one):
            yield from index.first_named(named[one])
            yield Written(*one, leaves.write(one[0], of))


def _fetched(asked: Iterable[Place]) -> dict[Place, Model]:
    """The rows asked for, but for those that are sealed for good: noted twice, a row gets one leaf all the same."""
    numbers = defaultdict(list)
    for kind, number in asked:
        numbers[kind].append(number)
    found: dict[Place, Model] = {}
    for kind, those in numbers.items():
        rows = KINDS[kind].rows().filter(pk__in=those)
        if kind not in CARDS:
            rows = rows.exclude(Exists(Leaf.objects.filter(kind=kind, number=OuterRef("pk"))))
        found.update(((kind, of.pk), of) for of in rows)
    return found
