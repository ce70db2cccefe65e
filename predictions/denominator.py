"""Out of how much a source's predictions were logged: everything found in it, and what became of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from predictions.models import Candidate, Decision, Source, Transcript
from predictions.passages import Paragraph, passages

MOST_SQUARES = 300
AROUND = 350
"""Code points shown before and after what was logged."""


@dataclass(frozen=True)
class Denominator:
    """``found`` is the sum of the rest. ``rejected`` has the reasons in words with how often each was given, most often first."""

    found: int
    dated: int
    undated: int
    rejected: tuple[tuple[str, int], ...]
    undecided: int
    withdrawn: int = 0

    @property
    def said_before(self) -> int:
        return dict(self.rejected).get(str(Decision.Reason.DUPLICATE.label), 0)

    @property
    def logged(self) -> int:
        return self.dated + self.undated

    @property
    def no_prediction(self) -> int:
        return self.left_out - self.said_before

    @property
    def scale(self) -> int:
        """How many sentences a square stands for, so that a long transcript does not drown a page in squares."""
        return -(-self.found // MOST_SQUARES) or 1

    @property
    def squares(self) -> list[str]:
        """What each square is, heap by heap; no heap that has anything is without one."""
        heaps = {
            "dated": self.dated,
            "undated": self.undated,
            "withdrawn": self.withdrawn,
            "before": self.said_before,
            "rejected": self.no_prediction,
            "undecided": self.undecided,
        }
        return [name for name, count in heaps.items() for _ in range(-(-count // self.scale))]

    @property
    def left_out(self) -> int:
        return sum(count for _, count in self.rejected)


def denominator(source: Source, withdrawn: Collection[int] = ()) -> Denominator:
    """What was found in the transcripts of ``source``, in three queries.

    ``withdrawn`` are the numbers of the entries that were taken back: logged, but a heap of their own.
    """
    standing = Candidate.objects.standing().filter(transcript__source=source)
    decisions = Decision.objects.standing().filter(candidate__in=standing.values("pk"))
    logged = decisions.filter(verdict=Decision.Verdict.ACCEPTED).aggregate(
        # An entry dated anew has several deadlines: each decision counts once.
        all=Count("pk", distinct=True),
        dated=Count(
            "pk", filter=Q(prediction__deadlines__isnull=False) & ~Q(prediction__in=withdrawn), distinct=True
        ),
        withdrawn=Count("pk", filter=Q(prediction__in=withdrawn), distinct=True),
    )
    reasons = (
        decisions.filter(verdict=Decision.Verdict.REJECTED)
        .order_by()
        .values_list("reason")
        .annotate(count=Count("pk"))
    )
    rejected = sorted(
        ((str(Decision.Reason(reason).label), count) for reason, count in reasons), key=lambda one: -one[1]
    )
    found = standing.count()
    return Denominator(
        found=found,
        dated=logged["dated"],
        undated=logged["all"] - logged["dated"] - logged["withdrawn"],
        rejected=tuple(rejected),
        undecided=found - logged["all"] - sum(count for _, count in rejected),
        withdrawn=logged["withdrawn"],
    )


def in_context(transcript: Transcript) -> list[list[Paragraph]]:
    """The passages of ``transcript`` in which something was logged, in order; those that touch are one."""
    logged = Decision.objects.standing().filter(
        candidate__transcript=transcript, verdict=Decision.Verdict.ACCEPTED
    )
    spans: list[tuple[int, int]] = []
    for start, end in logged.order_by("candidate__start").values_list("candidate__start", "candidate__end"):
        if spans and start - spans[-1][1] <= 2 * AROUND:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return passages(transcript, spans, AROUND)
