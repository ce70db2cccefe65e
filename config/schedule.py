"""What beat runs, and how often. A few fixed jobs, so they are kept in code."""

from __future__ import annotations

from typing import Any


def every(seconds: int, task: str) -> dict[str, Any]:
    """An entry of beat's schedule: run ``task`` each ``seconds``.

    Every job here asks "what lacks a successor?", so a turn that was missed is made good by the
    next. A message therefore expires when the next one is sent: while no worker is up the broker
    holds one of each, not a pile.
    """
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}


SCHEDULE = {
    "flag what fell due": every(30, "ledger.tasks.flag_due"),
    "search what was imported": every(10, "predictions.tasks.find_candidates"),
    "forget who never said yes": every(6 * 3600, "ledger.tasks.forget_unconfirmed"),
    "send what is owed": every(15, "ledger.tasks.send_alerts"),
}
