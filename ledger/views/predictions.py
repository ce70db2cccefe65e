"""One prediction: its words, its dates, what became of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledger import story
from ledger.claims import Entry


@require_safe
def prediction(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the ledger holds about one prediction."""
    group = story.group_of(pk, timezone.localdate())
    this = next((entry for entry in group if entry.prediction.pk == pk), None)
    if this is None:
        raise Http404("There is no prediction with this number.")
    found = this.prediction
    return render(
        request,
        "ledger/prediction.html",
        {
            "entry": this,
            "prediction": found,
            "statement": found.statement,
            "deadline": this.deadline,
            "line": story.line(this),
            "line_finding": story.finding(this),
            "state": story.state(this),
            "history": story.history(found),
            "verdicts": sorted(found.resolutions.all(), key=lambda verdict: -verdict.pk),
            "topics": found.topics.all(),
            "evidence": found.evidence.all(),
            "again": [
                entry
                for entry in group
                if entry is not this and not entry.is_withdrawn and not _amends(entry, this)
            ],
            "judged_before": next((one for one in group[: group.index(this)] if _judges(one, this)), None),
            "put_right_by": next((entry for entry in group if entry.prediction.replaces_id == pk), None),
            "own": [odds for odds in found.forecasts.all() if odds.by_id == found.statement.speaker_id],
            "others": [odds for odds in found.forecasts.all() if odds.by_id != found.statement.speaker_id],
        },
    )


def _judges(earlier: Entry, this: Entry) -> bool:
    """Whether ``earlier``, said before, has a verdict on the claim that ``this`` repeats."""
    return bool(earlier.standing.verdict) and not earlier.is_withdrawn and not _amends(earlier, this)


def _amends(entry: Entry, other: Entry) -> bool:
    """Whether one of the two was withdrawn and the other logged in its stead."""
    return (
        entry.prediction.replaces_id == other.prediction.pk
        or other.prediction.replaces_id == entry.prediction.pk
    )
