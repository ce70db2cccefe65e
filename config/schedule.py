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
    "seal what was written": every(10, "ledger.tasks.seal"),
    "search what was imported": every(10, "predictions.tasks.find_candidates"),
    "look for what the agenda lacks": every(6 * 3600, "ledger.tasks.mend_agenda"),
    "count what became of it": every(10, "ledger.tasks.reckon"),
    "draw what was counted": every(10, "ledger.tasks.draw"),
    "forget who never said yes, or left": every(6 * 3600, "ledger.tasks.forget_readers"),
    "make final what was announced": every(60, "ledger.tasks.end_notices"),
    "tell new editors of what waits for an answer": every(600, "ledger.tasks.owe_corrections"),
    "hash what evidence points to": every(300, "ledger.tasks.hash_evidence"),
    "send what is owed": every(15, "ledger.tasks.send_alerts"),
    "post to channels": every(15, "ledger.tasks.post_to_channels"),
}

# A search or a count may take minutes, and a service that is posted to half of one. Neither the sweep and the mail
# nor the others wait for it: each has a queue and a worker of its own.
QUEUES = JOBS, SEARCHES, COUNTS, POSTS = "jobs", "searches", "counts", "posts"
ROUTES = {
    "predictions.tasks.find_candidates": {"queue": SEARCHES},
    "ledger.tasks.hash_evidence": {"queue": SEARCHES},
    "ledger.tasks.post_to_channels": {"queue": POSTS},
    "ledger.tasks.reckon": {"queue": COUNTS},
    "ledger.tasks.draw": {"queue": COUNTS},
}
