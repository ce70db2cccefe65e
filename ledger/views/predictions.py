"""One prediction: its words, its dates, what became of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledger.dashboard import story, whole
from ledger.dashboard.listing import Line
from ledger.entries import Entry, entry
from ledger.judging import rounds
from ledger.views import embedding
from predictions.denominator import AROUND
from predictions.models import Prediction
from predictions.passages import quoted


@require_safe
def prediction(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the ledger holds about one prediction."""
    read, today = whole.read(pk), timezone.localdate()
    if read is None:
        raise Http404("There is no prediction with this number.")
    found, others = read.prediction, read.others(today)
    this = entry(found, today)
    return render(
        request,
        "ledger/prediction.html",
        {
            "entry": this,
            "prediction": found,
            "statement": found.statement,
            "deadline": this.deadline,
            "to_embed": embedding.framed(found),
            "line": story.line(this),
            "line_finding": story.finding(this),
            "state": story.state(this),
            "history": story.history(found),
            "verdicts": rounds.reached(found),
            "sealed": (sealed := rounds.sealed(found)),
            "differ": rounds.differ(sealed),
            "dissent": rounds.without_majority(found),
            "look": rounds.latest_look(found) if not this.standing.verdict else None,
            "corrections": rounds.corrections(found),
            "topics": found.topics.all(),
            "evidence": found.evidence.all(),
            "again": [one for one in others if not one.is_withdrawn and not _amends(one, found)],
            "judged_before": next((one for one in others if _judged_before(one, this)), None),
            "put_right_by": next((one for one in others if one.replaces == pk), None),
            "paragraphs": quoted(candidate, AROUND) if (candidate := read.passage()) else [],
            "own": [odds for odds in found.forecasts.all() if odds.by_id == found.statement.speaker_id],
            "others": [odds for odds in found.forecasts.all() if odds.by_id != found.statement.speaker_id],
        },
    )


def _judged_before(line: Line, this: Entry) -> bool:
    """Whether ``line``, said before, has a verdict on the claim that ``this`` repeats."""
    earlier = (line.said_on, line.number) < (this.said_on, this.prediction.pk)
    judged = bool(line.standing.verdict) and not line.is_withdrawn
    return earlier and judged and not _amends(line, this.prediction)


def _amends(line: Line, other: Prediction) -> bool:
    """Whether one of the two was withdrawn and the other logged in its stead."""
    return line.replaces == other.pk or other.replaces_id == line.number
