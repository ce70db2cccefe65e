"""A ledger of twelve predictions, computed by hand: every figure on every page, in the CSV files and for machines.

Ada, said 1 January 2020 "in a year" unless noted; all looked at until 1 January 2024 where open.

  1 Ada   came 2020-07-01             on time, slip 0.50
  2 Ada   came 2020-12-31             on time, slip 1.00 (its last day is 2021-01-01; 365 of 366 days)
  3 Ada   came 2021-07-01             late,    slip 1.49
  4 Ada   never; no on 2024-01-01     not delivered
  5 Ada   no verdict                  waits
  6 Ada   partly, 2020-10-01          partly
  7 Ada   void                        beside
  8 Ada   cannot tell                 beside
  9 Ada   odds 40 %: no promise       no, counts as odds
 10 Ada   odds 80 %, came 2020-06-01  on time, counts as both
 11 Ada   1 said again in 2021        the same claim, not counted twice
 12 Bo    due in 2030                 still to come

Due: 9 claims (1 to 8 and 10) = on time 3, late 1, not delivered 1, waiting 1, partly 1, void 1, cannot tell 1.
Counted 7, settled 6; on time between 3 of 7 and 4 of 7.
Jeffreys 90 %: 3 of 7 from Beta(3.5, 4.5), 4 of 7 from Beta(4.5, 3.5).
Odds: two claims, mean squared distance (0.4² + 0.2²) / 2 = 0.10, too few to be shown.
"""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from scipy.stats import beta

from ledger import due
from ledger.dashboard import pictures
from predictions.models import Prediction
from tests import factories
from tests.ledger.dashboard.reading import h1, text

pytestmark = pytest.mark.django_db

SAID = date(2020, 1, 1)
LOOKED = date(2024, 1, 1)
TODAY = date(2026, 11, 22)
LOW, HIGH = beta.ppf(0.05, 3.5, 4.5), beta.ppf(0.95, 4.5, 3.5)


@pytest.fixture
def twelve() -> list[Prediction]:
    def said(**kwargs: Any) -> Prediction:
        on = kwargs.pop("on", SAID)
        name = kwargs.pop("by", "Ada Quint")
        horizon = kwargs.pop("horizon", "in a year")
        letter = next(letters)
        return factories.prediction(
            horizon,
            said_on=on,
            inked_on=on,
            claim=f"Thing {letter} is there.",
            said={
                "speaker": factories.speaker(name),
                "source": sources[name],
                "quote": f"Thing {letter} will be there {horizon}.",
            },
            topics=["Space"],
            **kwargs,
        )

    letters = iter("ABCDEFGHIJKL")
    sources = {"Ada Quint": factories.source("A talk"), "Bo Lind": factories.source("An interview")}
    rows = [said(condition="If it is allowed." if n == 6 else "") for n in range(8)]
    for row, (happened, came) in zip(
        rows,
        [
            ("yes", date(2020, 7, 1)),
            ("yes", date(2020, 12, 31)),
            ("yes", date(2021, 7, 1)),
            ("no", None),
            (None, None),
            ("partly", date(2020, 10, 1)),
            ("void", None),
            ("cannot_tell", None),
        ],
        strict=True,
    ):
        if happened:
            part: dict[str, Any] = {"which_part": "Half of it."} if happened == "partly" else {}
            factories.verdict(row, happened, on=LOOKED, happened_on=came, **part)
    rows += [said(odds=0.4), said(odds=0.8)]
    factories.verdict(rows[8], "no", on=LOOKED)
    factories.verdict(rows[9], "yes", on=LOOKED, happened_on=date(2020, 6, 1))
    rows.append(said(on=date(2021, 6, 1), says_again=rows[0]))
    rows.append(said(by="Bo Lind", on=date(2025, 1, 1), horizon="by 2030"))
    due.flag_due(on=TODAY, at=factories.noon(TODAY))
    factories.counted(TODAY)
    return rows


def table(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode())))


CELLS = {
    "due": 9, "on_time": 3, "late": 1, "missed": 1, "partly": 1, "waiting": 1, "cannot_tell": 1, "void": 1,
    "withdrawn_late": 0, "counted": 7, "settled": 6,
}  # fmt: skip


@pytest.mark.parametrize("address", ["/figures/due.csv", "/speakers/ada-quint/due.csv"])
def test_the_due_cohort_is_as_by_hand(client: Client, twelve: list[Prediction], address: str) -> None:
    (row,) = table(client, address)
    assert {name: int(row[name]) for name in CELLS} == CELLS
    assert (float(row["rate_low"]), float(row["rate_high"])) == pytest.approx((LOW, HIGH), abs=1e-5)


@pytest.mark.parametrize("address", ["/", "/speakers/ada-quint/"])
def test_the_pages_say_the_same(client: Client, twelve: list[Prediction], address: str) -> None:
    words = text(client, address)
    whose = "Ada Quint’s " if "ada" in address else ""
    assert h1(client, address) == f"Three of {whose}seven dated promises came true on time, one left open"
    assert "Three to four of seven were on time, depending on what still waits" in words
    assert "All 9 promises whose day has passed" in words
    for cell in (
        "On time 3 43%", "No verdict yet 1 14%", "Partly 1 14%", "Came late 1 14%", "Not delivered 1 14%",
        "Counted 7 100%", "Void, condition failed 1", "Cannot tell 1", "Withdrawn after its day 0",
    ):  # fmt: skip
        assert cell in words, cell
    assert f"{LOW:.0%}"[:-1] + f" to {HIGH:.0%}" in words
    assert "written down beforehand: 9 logged in hindsight: 0 all: 9" in words
    assert "Too few stated odds have been put to the test" in words
    assert "Two claims: too few for a mean score" in words


def test_the_curve_is_as_by_hand(client: Client, twelve: list[Prediction]) -> None:
    """Slips .42 (10), .50 (1), 1.00 (2), 1.49 (3); open: 4 and 6, followed to 2024, 4 years; 5 was never looked at.

    Six in the curve: 1 of 6, 2 of 6, 3 of 6 on time; 4 of 6 by twice the time.
    """
    steps = table(client, "/speakers/ada-quint/delivery.csv")
    rises = [(round(float(step["slip"]), 2), float(step["share"])) for step in steps][:4]
    assert [share for _, share in rises] == pytest.approx([1 / 6, 2 / 6, 3 / 6, 4 / 6], abs=1e-5)
    assert [slip for slip, _ in rises] == [0.42, 0.5, 1.0, 1.49]
    assert "50% were delivered by the day named, 67% by twice the time" in text(
        client, "/speakers/ada-quint/"
    )


def test_the_histogram_is_as_by_hand(client: Client, twelve: list[Prediction]) -> None:
    """.42 and .497 in the second quarter, .997 in the fourth, 1.49 in the sixth; two open at 3.99."""
    rows = [tuple(row.values()) for row in table(client, "/speakers/ada-quint/slips.csv")]
    assert rows == [
        ("0.25", "0.5", "2", "0", "0"),
        ("0.75", "1.0", "1", "0", "0"),
        ("1.25", "1.5", "1", "0", "0"),
        ("3.75", "4.0", "0", "2", "0"),
    ]


def test_the_other_pages_count_the_same(client: Client, twelve: list[Prediction]) -> None:
    speakers = text(client, "/speakers/")
    assert h1(client, "/speakers/") == "Two speakers, twelve predictions"
    assert "Ada Quint 11 9 3 1 1 1 1 2" in speakers
    assert "Bo Lind 1 0 0 0 0 0 0 0" in speakers
    own = text(client, "/speakers/ada-quint/")
    for choice in (
        "everything: 11", "on time: 3", "late: 1", "partly: 1", "not delivered: 2", "no verdict yet: 2",
        "void or cannot tell: 2",
    ):  # fmt: skip
        assert choice in own, choice
    assert "Nobody can be ranked yet" not in own
    assert h1(client, "/topics/space/").endswith("3 to 4 of 7 promises came true on time")
    assert "Twelve predictions logged" in text(client, "/")


def test_every_figure_over_the_api_is_as_by_hand(client: Client, twelve: list[Prediction]) -> None:
    """Ada's, and nobody else's claims are due: so everybody's and the topic's are the same."""
    found = client.get("/api/v1/speakers/ada-quint/scores/").json()
    due = found["due"]
    assert {name: due[name] for name in CELLS if name in due} == {
        name: n for name, n in CELLS.items() if name in due
    }
    assert due["days_waited"] == (TODAY - date(2021, 1, 1)).days
    for name, (k, n) in {"at_least": (3, 7), "at_most": (4, 7), "lenient": (5, 7), "naive": (3, 5)}.items():
        ends = beta.ppf((0.05, 0.95), k + 0.5, n - k + 0.5)
        assert (due[name]["k"], due[name]["n"]) == (k, n)
        assert (due[name]["low"], due[name]["high"]) == pytest.approx(tuple(ends), abs=1e-5)
    curve = found["delivery"]
    assert (curve["n"], curve["delivered"], curve["open"], curve["never_looked"]) == (6, 4, 2, 1)
    assert [by["share"] for by in curve["by"]] == pytest.approx([1 / 2, 2 / 3, 2 / 3, 2 / 3, None], abs=1e-5)
    assert curve["median"] == pytest.approx(365 / 366, abs=1e-5)
    assert curve["followed_to"] == pytest.approx((LOOKED - SAID).days / 366, abs=1e-5)
    assert (found["odds"]["n"], found["odds"]["brier"]) == (2, None)
    half, always = found["tested"]
    assert (half["n"], half["share"], half["p_value"], half["holds"]) == (6, 0.5, 1.0, True)
    assert (always["share"], always["holds"]) == (pytest.approx(2 / 3, abs=1e-5), False)
    for other in ("scores/", "topics/space/scores/"):
        same = client.get(f"/api/v1/{other}").json()
        assert {name: same[name] for name in ("due", "delivery", "odds", "tested")} == {
            name: found[name] for name in ("due", "delivery", "odds", "tested")
        }
    (place,) = client.get("/api/v1/ranking/").json()["places"]
    ends = tuple(beta.ppf((0.05, 0.95), 1 + 3, 1 + 3))  # flat, since one speaker is no crowd
    assert (place["k"], place["n"], place["mean"]) == (3, 6, 0.5)
    assert (place["low"], place["high"]) == pytest.approx(ends, abs=1e-5)


@pytest.mark.parametrize(
    ("address", "figures"),
    [
        ("/topics/", ["Space 12 9 3 1 1 1 1 2 17 to 83%"]),
        (
            "/topics/space/",
            [
                "Three of seven came true by the day named", "17 to 83%", "All 9 promises whose day has passed",
                "No verdict yet 1", "beforehand: 9 Logged in hindsight: 0 All: 9", "67% by twice the time",
            ],
        ),
        (
            "/compare/?a=ada-quint&b=bo-lind",
            [
                "On time, between 17 to 83%, 3 to 4 of 7 nothing due", "Claims that fell due 9 0", "On time 3 0",
                "No verdict yet 1 0", "Partly 1 0", "Came late 1 0", "Not delivered 1 0",
                "67% (37 to 93%) not known", "1.0 times the promised time", "too few: 2 claims with odds",
            ],
        ),
        ("/due/", ["one prediction on 31 December 2030", "Still to come: 1 Day passed: 11"]),
        ("/due/?when=past", ["Eleven days named have passed", "Late, 1.5 times the time"]),
        ("/calendar/?month=2021-01", ["10 predictions fell due in January 2021", "Jan 10 fall due"]),
        (
            "/search/",
            [
                "Search 12 predictions", "Ada Quint 11 Bo Lind 1", "Space 12", "Came true 4", "Partly 1",
                "Did not come true 2", "Cannot tell, or void 2", "No verdict yet 2", "Still to come 1",
                "2020 10 2021 1 2025 1", "English 12",
            ],
        ),
        ("/sources/", ["Two sources", "A talk something else not known 1 11 0", "An interview something else not known 1 1 0"]),
        (
            "/",
            [
                "41 to 91% if what came true in part counted too", "3 of 5, a flattering figure",
                "Half of them had come by 1.0 times", "Nobody has looked yet at one more",
                "the day named 50% 23 to 84% 3", "2 times the time 67% 37 to 93% 2", "3 of 6 on time",
            ],
        ),
        ("/speakers/bo-lind/", ["No promise by Bo Lind has come due yet; the first does on 31 December 2030"]),
    ],
)  # fmt: skip
def test_every_page_says_them(
    client: Client, twelve: list[Prediction], address: str, figures: list[str]
) -> None:
    words = text(client, address)
    for figure in figures:
        assert figure.casefold() in words.casefold(), figure


def test_small_multiples_say_what_their_topics_figures_say(client: Client, twelve: list[Prediction]) -> None:
    """Two topics, so that there is something to set beside something, and of each as many as a curve takes."""
    for _ in range(5):
        other = factories.prediction("in a year", said_on=SAID, inked_on=SAID, topics=["Cars"])
        factories.verdict(other, "yes", on=LOOKED, happened_on=date(2020, 7, 1))
    factories.counted(TODAY + timedelta(days=1))  # a day later everything is counted anew
    pictures.redraw()
    words = text(client, "/")
    assert "Space 50% on time, 6 claims" in words  # looked at until just before four times the time
    assert "Cars 100% on time, 100% by 4×, 5 claims" in words
    assert client.get("/").content.decode().count('class="spark"') == 2
