"""Measure the horizon engine and its peers on the same phrases, print the table, keep it in docs/benchmarks.md.

The peers' environments are under var/bench-horizons (``make bench-horizons`` makes them). A peer
that cannot be started is listed as such.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from predictions.horizons import read
from tests.predictions.horizons.phrases import SAID_ON, dated, lines, shared

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "var" / "bench-horizons"
SECONDS = 3
FORECAST = {
    "in-N", "within-N", "next-N", "next/this-period", "part-of-period", "quarter/half", "decade/century",
    "before/by", "year", "season", "duration",
}  # fmt: skip
NODE = ("node", "peers.mjs")
PYTHON = (str(PEERS / "python" / "bin" / "python"), str(Path(__file__).with_name("peers.py")))
CONTENDERS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("chrono-node 2.10.3 (npm)", NODE, "chrono"),
    ("chrono-node, its English parser alone", NODE, "chrono-english"),
    ("Recognizers-Text 1.3.2 (npm)", NODE, "recognizers"),
    ("Recognizers-Text 1.0.2a2 (PyPI)", PYTHON, "recognizers"),
    ("dateparser 1.5.0 (PyPI), search", PYTHON, "dateparser"),
)

Row = dict[str, Any]


class Result(NamedTuple):
    """What one contender made of all rows."""

    name: str
    answers: list[list[str]] | None  # the days it may mean, for each row; None: it could not be started
    per_second: float


def rows() -> list[Row]:
    """Our own phrases, and the benchmarks beside the repository where they are there."""
    found: list[Row] = [
        {
            "set": "own",
            "text": words,
            "lang": language,
            "reference": SAID_ON.isoformat(),
            "end": day.isoformat(),
        }
        for name, language in (("english.txt", "en"), ("chinese.txt", "zh"))
        for words, day in dated(name)
    ]
    found += [
        {
            "set": "own",
            "text": words,
            "lang": "en" if words.isascii() else "zh",
            "reference": SAID_ON.isoformat(),
            "end": None,
        }
        for words in lines("no_horizon.txt")
    ]
    for name in ("recognizers", "hard_dev"):
        found += [{**row, "set": name} for row in shared(f"bench/horizons_{name}.jsonl")]
    return [row for row in found if row.get("cls") in FORECAST or row["set"] != "recognizers"]


def ours(asked: Sequence[Row]) -> Result:
    """This engine, measured like the others."""
    answers = [
        [horizon.deadline.isoformat()] if horizon else [] for row in asked for horizon in [read_row(row, 0)]
    ]
    best, shift = 0.0, 0
    for _ in range(SECONDS):
        began, calls = time.process_time(), 0
        while time.process_time() - began < 1:
            shift += 1
            for row in asked:
                read_row(row, shift)
            calls += len(asked)
        best = max(best, calls / (time.process_time() - began))
    return Result("Hindsight", answers, best)


def read_row(row: Row, shift: int) -> Any:
    """A row read as if said ``shift`` days later, so that no cache of answers could help."""
    return read(row["text"], date.fromisoformat(row["reference"]) + timedelta(days=shift))


def peer(name: str, program: Sequence[str], which: str, asked: Sequence[Row]) -> Result:
    """A peer, in a process and an environment of its own."""
    text = "\n".join(json.dumps({key: row[key] for key in ("text", "lang", "reference")}) for row in asked)
    try:
        done = subprocess.run(  # noqa: S603 (our own scripts)
            [*program, which, str(SECONDS)],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            cwd=PEERS / "node",
        )
    except (OSError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{name}: {error}\n{getattr(error, 'stderr', '')}\n")
        return Result(name, None, 0)
    result = json.loads(done.stdout)
    return Result(name, result["answers"], result["per_second"])


def right(row: Row, answer: Sequence[str]) -> bool:
    """Whether one of the days that an answer may mean is the annotated one."""
    return row["end"] in answer or row.get("alt_end") in answer


def share(asked: Sequence[Row], answers: Sequence[Sequence[str]], which: str, language: str) -> str:
    """The share of exact deadlines among the dated rows of a set, in per cent."""
    dated_rows = [
        (r, a)
        for r, a in zip(asked, answers, strict=True)
        if r["set"] == which and r["lang"] == language and r["end"]
    ]
    if not dated_rows:
        return "–"
    return f"{100 * sum(right(r, a) for r, a in dated_rows) / len(dated_rows):.1f}"


def kept(asked: Sequence[Row], answers: Sequence[Sequence[str]]) -> str:
    """How many of the phrases that give no date were given none."""
    null = [answer for row, answer in zip(asked, answers, strict=True) if not row["end"]]
    return f"{sum(not answer for answer in null)} / {len(null)}"


def table(asked: Sequence[Row], results: Sequence[Result]) -> str:
    """All results as a table in Markdown."""
    sets = [name for name in ("own", "recognizers", "hard_dev") if any(row["set"] == name for row in asked)]
    titles = {"own": "our tables", "recognizers": "a peer's specification", "hard_dev": "hard phrases"}
    heads = ["engine", *(f"{titles[name]}, en / zh" for name in sets), "no date kept", "phrases/s", "ratio"]
    out = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    best = results[0].per_second
    for name, answers, speed in results:
        if answers is None:
            out.append(f"| {name} | could not be started |" + " |" * (len(heads) - 2))
            continue
        shares = [
            f"{share(asked, answers, which, 'en')} / {share(asked, answers, which, 'zh')}" for which in sets
        ]
        cells = [name, *shares, kept(asked, answers), f"{speed:,.0f}", f"{best / speed:.3g}"]
        out.append("| " + " | ".join(cells) + " |")
    return "\n".join(out)


def main() -> None:
    """Measure, print, and keep."""
    asked = rows()
    english = [row for row in asked if row["lang"] == "en"]
    results = [ours(asked)]
    results += [peer(name, program, which, asked) for name, program, which in CONTENDERS]
    alone = ours(english)
    bare = peer("", NODE, "chrono-english", english)
    comparison = (
        f"On the English phrases alone: {alone.per_second:,.0f} phrases a second against {bare.per_second:,.0f} "
        f"of chrono-node's English parser, {alone.per_second / bare.per_second:.2f} of its speed."
        if bare.answers
        else "chrono-node could not be started."
    )
    section = SECTION.format(count=len(asked), table=table(asked, results), comparison=comparison)
    print(section)
    page = ROOT / "docs" / "benchmarks.md"
    before, _, after = page.read_text(encoding="utf-8").partition(TITLE)
    others = after[after.index("\n## ") :]
    page.write_text(f"{before}{TITLE}{section}{others}", encoding="utf-8")


TITLE = "## Reading horizons\n"
SECTION = """
`make bench-horizons` writes this section: {count} phrases, each engine in a process of its own, one after
the other in one run on one core. Accuracy is the share of phrases, in per cent, whose last day is exactly
the annotated one. To the peers' favour: an answer counts as right when any of the days that it may mean
is right: of several values each one, of a range its end or the day before, of a day or month left open the
last one of that month or year. "No date kept" are phrases such as "at least ten years away" for which no date may
be invented. Speed is the best of three seconds of processor time over all phrases, on another day each pass so that no cache
of answers helps; "ratio" is this engine's speed over the peer's.

{table}

{comparison}

"Our tables" are those of `tests/predictions/horizons`, which this engine was made to read: they say how
the peers do on what people say, not how this one does. "A peer's specification" are the forecast classes of
the Recognizers-Text test suite in this project's conventions (`docs/horizons.md`); "hard phrases" were
annotated before the engine was written. Both lie outside the repository and are left out where they are
not there.
"""

if __name__ == "__main__":
    main()
