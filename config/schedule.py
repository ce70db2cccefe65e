"""What beat runs, how often, and which worker takes it. A few fixed jobs, so they are kept in code."""

from __future__ import annotations

from typing import Any


def every(seconds: int, task: str) -> dict[str, Any]:
    """An entry of beat's schedule: run ``task`` each ``seconds``.

    Every job here asks "what lacks a successor?", so a turn that was missed is made good by the next.
    """
    return {"task": task, "schedule": float(seconds)}


SCHEDULE = {
    "flag what fell due": every(30, "ledger.tasks.flag_due"),
    "search what was imported": every(10, "predictions.tasks.find_candidates"),
    "forget who never said yes": every(6 * 3600, "ledger.tasks.forget_unconfirmed"),
    "send what is owed": every(15, "ledger.tasks.send_alerts"),
}

# A search may take minutes, and the sweep and the mail do not wait for it: it has a queue and a worker of its own.
JOBS, SEARCHES = "jobs", "searches"
ROUTES = {"predictions.tasks.find_candidates": {"queue": SEARCHES}}
