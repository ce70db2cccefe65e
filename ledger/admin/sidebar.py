"""The admin's sidebar, in the words of the trade: to each what their role may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from ledger import entries, queue, wording
from ledger.house_rules import HouseRules
from predictions.models import Prediction

DESKS = (
    ("Resolution desk", "gavel", "desk", "ledger.add_resolution"),
    ("Log a prediction", "stylus", "admin:predictions_prediction_add", "predictions.add_prediction"),
    (
        "Transcripts",
        "speech_to_text",
        "admin:predictions_transcript_changelist",
        "predictions.add_prediction",
    ),
)
SECTIONS = {
    "What was said": (
        (
            "Predictions",
            "hourglass_top",
            "admin:predictions_prediction_changelist",
            "predictions.view_prediction",
        ),
        ("Speakers", "person", "admin:predictions_speaker_changelist", "predictions.view_speaker"),
        ("Sources", "menu_book", "admin:predictions_source_changelist", "predictions.view_source"),
        ("Topics", "label", "admin:predictions_topic_changelist", "predictions.view_topic"),
    ),
    "What became of it": (
        ("Verdicts", "balance", "admin:ledger_resolution_changelist", "ledger.view_resolution"),
        ("Evidence", "attach_file", "admin:ledger_evidence_changelist", "ledger.view_evidence"),
        ("Events", "event", "admin:ledger_event_changelist", "ledger.view_event"),
    ),
    "Post": (
        ("Subscriptions", "mail", "admin:ledger_subscription_changelist", "ledger.view_subscription"),
        ("Channels", "forum", "admin:ledger_channel_changelist", "ledger.view_channel"),
        ("Deliveries", "outbox", "admin:ledger_delivery_changelist", "ledger.view_delivery"),
        ("Mails", "mark_email_read", "admin:ledger_mail_changelist", "ledger.view_mail"),
    ),
    "You": (("Your mail", "notifications", "own_mail", "ledger.add_resolution ledger.add_event"),),
    "People": (
        ("Users", "badge", "admin:auth_user_changelist", "auth.view_user"),
        ("Roles", "groups", "admin:auth_group_changelist", "auth.view_group"),
    ),
}

LINES = 5
"""Of each list on the first page."""

Line = tuple[str, str, str, str]
Item = dict[str, Any]


def navigation(request: HttpRequest) -> list[Item]:
    """The sections of the sidebar that have anything in them for this user."""
    desks = _items(request, DESKS)
    for item in desks:
        if item["link"] == reverse("desk") and (waiting := queue.waiting(timezone.localdate()).count()):
            item |= {"badge": str(waiting), "badge_variant": "primary"}
    sections: list[Item] = [{"title": None, "items": desks}]
    sections += [{"title": title, "items": _items(request, lines)} for title, lines in SECTIONS.items()]
    here = [
        item for section in sections for item in section["items"] if request.path.startswith(item["link"])
    ]
    for item in sorted(here, key=lambda item: len(item["link"]))[-1:]:
        item["active"] = True
    return [section for section in sections if section["items"]]


def tagline(request: HttpRequest) -> str:
    """How verdicts are reached in this installation, in as few words as fit under its name."""
    return str(HouseRules.here()).removesuffix(" before a verdict counts")


def start(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the admin's first page shows: what waits, and what was inked last."""
    on = timezone.localdate()
    return context | {
        "title": wording.day(on),
        "n_waiting": queue.waiting(on).count(),
        "entries": [entries.entry(prediction, on) for prediction in queue.waiting(on)[:LINES]],
        "inked": Prediction.objects.with_reading()[:LINES],
    }


def _items(request: HttpRequest, lines: tuple[Line, ...]) -> list[Item]:
    return [
        {"title": title, "icon": icon, "link": reverse(name), "active": False}
        for title, icon, name, permission in lines
        if any(request.user.has_perm(one) for one in permission.split())
    ]
