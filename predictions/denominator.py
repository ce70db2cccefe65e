"""Out of how much a source's predictions were logged: everything found in it, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from predictions.models import Candidate, Decision, Source, Transcript


@dataclass(frozen=True)
class Denominator:
    """``found`` is the sum of the rest. ``rejected`` has the reasons in words with how often each was given, most often first."""

    found: int
    dated: int
    undated: int
    rejected: tuple[tuple[str, int], ...]
    undecided: int

    @property
    def logged(self) -> int:
        return self.dated + self.undated

    @property
    def left_out(self) -> int:
        return sum(count for _, count in self.rejected)


def denominator(source: Source) -> Denominator | None:
    """What was found in the transcripts of ``source``; None if none was imported."""
    if not Transcript.objects.filter(source=source).exists():
        return None
    standing = Candidate.objects.standing().filter(transcript__source=source)
    decisions = Decision.objects.standing().filter(candidate__in=standing.values("pk"))
    logged = decisions.filter(verdict=Decision.Verdict.ACCEPTED).aggregate(
        all=Count("pk"), dated=Count("pk", filter=Q(prediction__deadlines__ordinal=1))
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
        undated=logged["all"] - logged["dated"],
        rejected=tuple(rejected),
        undecided=found - logged["all"] - sum(count for _, count in rejected),
    )
