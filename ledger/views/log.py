"""How anybody checks the ledger: its key, its checkpoint, the log entries of a prediction."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ledger.log import proving, sealing
from ledger.merkle.tree import EMPTY
from predictions.models import Prediction

TEXT = "text/plain; charset=utf-8"


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The log as it is now, and how to check it."""
    latest = sealing.latest_checkpoint()
    return render(request, "ledger/log.html", {"checkpoint": latest, "key": sealing.public_key()})


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest signed note."""
    latest = sealing.latest_checkpoint()
    note = latest.note if latest else str(sealing.signer().checkpoint(0, EMPTY))
    return HttpResponse(note, content_type=TEXT)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The key that checks the latest checkpoint."""
    return HttpResponse(f"{sealing.public_key()}\n", content_type=TEXT)


@require_safe
def entries(request: HttpRequest, pk: int) -> HttpResponse:
    """What the log holds of a prediction."""
    about = get_object_or_404(Prediction, pk=pk)
    return render(
        request,
        "ledger/log_entries.html",
        {
            "prediction": about,
            "leaves": proving.leaves_about(about),
            "checkpoint": sealing.latest_checkpoint(),
            "key": sealing.public_key(),
        },
    )
