"""The numbers on the pages are those of the API, of the tables to download, and of ``verify.py --scores``."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from config.places import ROOT
from ledger import export
from ledger.demo.load import load
from ledger.scoring.groups import Ink
from ledger.scoring.published import Reading
from tests import factories
from tests.ledger.dashboard.reading import text
from tests.ledger.test_twelve import LOOKED, SAID, TODAY, twelve  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)

OVER_THE_API = {
    "all": "scores/", "speaker": "speakers/{}/scores/", "topic": "topics/{}/scores/", "ranking": "ranking/",
}  # fmt: skip
PAGES = {"all": "/", "speaker": "/speakers/{}/", "topic": "/topics/{}/"}
TABLES = {"all": "/figures/{1}.csv", "speaker": "/speakers/{0}/{1}.csv"}
CELLS = {
    "on_time": "On time", "waiting": "No verdict yet", "partly": "Partly", "late": "Came late",
    "missed": "Not delivered", "void": "Void, condition failed", "cannot_tell": "Cannot tell",
    "withdrawn_late": "Withdrawn after its day",
}  # fmt: skip
"""What a page calls them, beside their counts."""


@pytest.fixture(params=["twelve by hand", "the demo record"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The export of a ledger that was counted."""
    if request.param == "twelve by hand":
        request.getfixturevalue("twelve")
    else:
        load(at=factories.noon(TODAY), on=TODAY)
        factories.counted(TODAY)
    export.write(tmp_path / "export", at=factories.noon(TODAY))
    return tmp_path / "export"


def test_all_tell_the_same_numbers(client: Client, record: Path) -> None:
    assert_verify_computes_them(record)
    shown = 0
    for figures in published(record):
        assert_the_api_gives(client, figures)
        if (figures["ink"], figures["reading"]) != (Ink.ALL, Reading.DEADLINE):
            continue  # pages and tables read every choice in the same way
        if figures["scope"] in TABLES:
            assert_tables_hold(client, figures)
        if figures["scope"] in PAGES:
            shown += assert_a_page_says(client, figures)
    assert shown > 2


def test_a_band_is_drawn_on_the_day_after_as_it_was_kept(client: Client, tmp_path: Path) -> None:
    """Counted on a day and again that night, when nothing new had happened, and exported then."""
    thirty_with_odds()
    factories.counted(TODAY)
    factories.counted(TOMORROW)
    export.write(tmp_path / "export", at=factories.noon(TOMORROW))
    assert_verify_computes_them(tmp_path / "export")
    banded = [figures for figures in published(tmp_path / "export") if figures.get("odds", {}).get("luck")]
    assert {figures["scope"] for figures in banded} == {"all", "speaker", "topic"}
    for figures in banded:
        assert figures["as_of"] == TOMORROW.isoformat()
        assert_the_api_gives(client, figures)


def thirty_with_odds() -> None:
    """Enough for a band and for what luck alone would show."""
    for n in range(30):
        entry = factories.prediction(
            "in a year",
            said_on=SAID,
            inked_on=SAID,
            said={"speaker": factories.speaker("Ada Quint")},
            odds=[0.2, 0.5, 0.55, 0.8][n % 4],
            topics=["Space"],
        )
        if n % 3:
            factories.verdict(entry, "yes", on=LOOKED, happened_on=SAID + timedelta(days=90))
        else:
            factories.verdict(entry, "no", on=LOOKED)


def published(record: Path) -> Iterator[dict[str, Any]]:
    """All figures of an export, but for how long the log was when they were made."""
    _, *sets = map(json.loads, (record / "figures.jsonl").read_text(encoding="utf-8").splitlines())
    for figures in sets:
        yield without_size(figures)


def without_size(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figures.items() if name != "log_size"}


def assert_verify_computes_them(record: Path) -> None:
    """To the byte, run as anybody runs it who has Hindsight: with its Python, in its folder."""
    done = subprocess.run(
        [sys.executable, str(record / "verify.py"), str(record), "--scores"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "Intervals, bands and ranks were computed anew too." in done.stdout
    assert done.stdout.endswith("All of it holds.\n")


def assert_the_api_gives(client: Client, figures: dict[str, Any]) -> None:
    path = OVER_THE_API[figures["scope"]].format(figures["slug"])
    found = client.get(f"/api/v1/{path}{chosen(figures)}").json()
    assert figures | without_size(found) == figures
    assert figures.keys() - found.keys() <= {"scope", "slug", "ink", "reading"}


def assert_tables_hold(client: Client, figures: dict[str, Any]) -> None:
    """What can be downloaded beside each chart, to the last place."""

    def rows(kind: str) -> list[dict[str, str]]:
        path = TABLES[figures["scope"]].format(figures["slug"], kind)
        return list(csv.DictReader(io.StringIO(client.get(path + chosen(figures)).content.decode())))

    (due,), rate = rows("due"), figures["due"]["rate"] or {"low": "", "high": ""}
    assert [due[cell] for cell in CELLS] == [str(figures["due"][cell]) for cell in CELLS]
    assert (due["rate_low"], due["rate_high"]) == (str(rate["low"]), str(rate["high"]))
    for kind, there in (("delivery", figures["delivery"]["curve"]), ("odds", figures["odds"]["levels"])):
        told = [{name: value for name, value in row.items() if name in there[0]} for row in rows(kind)]
        for row, figure in zip(told, there, strict=True):
            for name in row.keys() - {"share"} if kind == "odds" else row.keys():
                assert float(row[name]) == figure[name]


def assert_a_page_says(client: Client, figures: dict[str, Any]) -> bool:
    """Its counts and its bounds, if there is anything to count."""
    due = figures["due"]
    if due["due"] == due["void"] + due["cannot_tell"]:
        return False
    words = text(client, PAGES[figures["scope"]].format(figures["slug"]) + chosen(figures))
    for cell, word in CELLS.items():
        assert f" {word} {due[cell]} " in words, (figures["slug"], word)
    if due["waiting"] < due["at_most"]["n"]:
        assert f"{100 * due['rate']['low']:.0f} to {100 * due['rate']['high']:.0f}%" in words
    return True


def chosen(figures: dict[str, Any]) -> str:
    return f"?ink={figures['ink']}&reading={figures['reading']}"
