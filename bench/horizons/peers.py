"""The peers that run on Python, in an environment of their own.

Arguments: which peer, and for how many seconds to measure. Standard input: one JSON object a line,
``{text, lang, reference}``; standard output: ``{answers: [the days it may mean, for each row], per_second}``,
the best of as many seconds.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

Run = Callable[[dict[str, str], datetime], Any]


def dateparser_search() -> tuple[Run, Callable[[Any, datetime], list[str]]]:
    """dateparser: search in a text, future dates preferred."""
    from dateparser.search import search_dates  # noqa: PLC0415 (only this peer's environment has it)

    def run(row: dict[str, str], reference: datetime) -> Any:
        settings = {"RELATIVE_BASE": reference, "PREFER_DATES_FROM": "future"}
        return search_dates(row["text"], languages=[row["lang"]], settings=settings) or []

    def days(found: Any, reference: datetime) -> list[str]:
        """The last date found, and as it does not say what was left open, the ends of its month and year."""
        if not found:
            return []
        last = max(moment for _, moment in found)
        month_end = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return [day.date().isoformat() for day in (last, month_end, last.replace(month=12, day=31))]

    return run, days


def recognizers() -> tuple[Run, Callable[[Any, datetime], list[str]]]:
    """Recognizers-Text: every date, range and duration; the end of a range is not part of it."""
    from recognizers_date_time import recognize_datetime  # noqa: PLC0415 (only this peer's environment has it)

    def run(row: dict[str, str], reference: datetime) -> Any:
        return recognize_datetime(
            row["text"], "zh-cn" if row["lang"] == "zh" else "en-us", reference=reference
        )

    def may_mean(value: dict[str, str], reference: datetime) -> list[str]:
        """The end of a range is not part of it, except where it is: both may be meant."""
        if value.get("type") == "duration":
            return [(reference + timedelta(seconds=float(value["value"]))).date().isoformat()]
        end = value.get("end") or value.get("value") or value.get("start") or ""
        if not end[:4].isdigit() or end[4:5] != "-":
            return []
        day = datetime.fromisoformat(end[:10])
        ends = [day, day - timedelta(days=1)] if "end" in value else [day]
        return [each.date().isoformat() for each in ends]

    def days(found: Any, reference: datetime) -> list[str]:
        values = [value for one in found for value in ((one.resolution or {}).get("values") or [])]
        return [day for value in values for day in may_mean(value, reference)]

    return run, days


def main(peer: str, seconds: float) -> None:
    """Answer every row once, then count how many a second are read, another day each pass."""
    warnings.simplefilter("ignore")
    run, days = {"dateparser": dateparser_search, "recognizers": recognizers}[peer]()
    rows = [json.loads(line) for line in sys.stdin if line.strip()]
    answers: list[list[str]] = []
    for row in rows:
        reference = datetime.fromisoformat(row["reference"])
        try:
            answers.append(days(run(row, reference), reference))
        except Exception:
            answers.append([])
    best, at = 0.0, 0
    for _ in range(int(seconds)):
        began, calls = time.process_time(), 0
        while time.process_time() - began < 1:
            row = rows[at % len(rows)]
            with suppress(Exception):  # counted all the same
                run(row, datetime.fromisoformat(row["reference"]) + timedelta(days=at // len(rows) + 1))
            at, calls = at + 1, calls + 1
        best = max(best, calls / (time.process_time() - began))
    print(json.dumps({"answers": answers, "per_second": best}))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
