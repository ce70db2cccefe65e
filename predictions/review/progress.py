"""How far a transcript is: what was found, what was decided, by whom of late, and how the searches go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from predictions import finding
from predictions.deciding import name
from predictions.models import Candidate, Decision, Search, Transcript

LATELY = timedelta(minutes=5)
MARKS = {Decision.Verdict.ACCEPTED: "logged", Decision.Verdict.REJECTED: "rejected"}

Json = dict[str, Any]


def version(transcript: Transcript) -> str:
    """Changes whenever something the desk shows of ``transcript`` does."""
    decisions = Decision.objects.filter(candidate__transcript=transcript).aggregate(
        made=Max("pk"), undone=Count("pk", filter=Q(undone_at__isnull=False))
    )
    found = Candidate.objects.filter(transcript=transcript).aggregate(last=Max("pk"))
    searches = transcript.searches.order_by("pk").values_list("segments_done", "finished_at")
    far = [f"{done}{'.' if finished else ''}" for done, finished in searches]
    return "-".join(
        str(part or 0)
        for part in (transcript.anchor, found["last"], decisions["made"], decisions["undone"], *far)
    )


def progress(transcript: Transcript, user_id: int | None, *, at: datetime) -> Json:
    """Everything the desk's script keeps: a row for each candidate in the order of the text, searches, colleagues."""
    decisions = {
        decision.candidate_id: decision
        for decision in Decision.objects.standing()
        .filter(candidate__transcript=transcript)
        .exclude(verdict=Decision.Verdict.RECAST)
        .select_related("made_by")
    }
    recast = Decision.objects.standing().filter(
        candidate__transcript=transcript, verdict=Decision.Verdict.RECAST
    )
    cuts = dict(recast.values_list("into", "pk"))
    candidates = Candidate.objects.standing().filter(transcript=transcript).order_by("start", "end")
    rows = candidates.values_list("pk", "start", "end", "score", "deadline")
    return {
        "version": version(transcript),
        "candidates": [
            {
                "id": pk,
                "start": start,
                "end": end,
                "score": score,
                "dated": deadline is not None,
                "cut": cuts.get(pk),
                **_decided(decisions.get(pk)),
            }
            for pk, start, end, score, deadline in rows
        ],
        "searches": searches(transcript, at=at),
        "colleagues": _colleagues(transcript, user_id, at),
    }


def _decided(decision: Decision | None) -> Json:
    if decision is None:
        return {"mark": ""}
    return {
        "mark": MARKS[Decision.Verdict(decision.verdict)],
        "words": decision.in_words,
        "decision": decision.pk,
        "by": name(decision.made_by),
        "by_id": decision.made_by_id,
        "prediction": decision.prediction_id,
    }


def searches(transcript: Transcript, *, at: datetime) -> list[Json]:
    """How far each finder is, and what keeps it."""
    return [_search(search, at) for search in transcript.searches.all()]


def _search(search: Search, at: datetime) -> Json:
    return {
        "trouble": finding.trouble(search, at),
        "finder": search.get_finder_display(),
        "done": search.segments_done,
        "total": search.segments_total,
        "finished": search.finished_at is not None,
        "discarded": search.discarded,
        "failure": search.failure,
    }


def _colleagues(transcript: Transcript, user_id: int | None, at: datetime) -> list[str]:
    """Who else decided something here in the last minutes."""
    lately = Decision.objects.filter(candidate__transcript=transcript, made_at__gte=at - LATELY)
    others = lately.exclude(made_by=user_id).exclude(made_by=None).select_related("made_by")
    return sorted({name(decision.made_by) for decision in others})
