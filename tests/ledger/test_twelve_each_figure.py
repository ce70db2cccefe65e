"""Each figure on each page of the ledger of twelve is one that was computed by hand: none is left over.

The twelve are those of ``test_twelve``, by letters: A to H are its numbers 1 to 8, I and J the two with odds, K says A
again, L is Bo's. Ages are those of 22 November 2026: 2,151 days since 1 January 2021, 1,635 since 1 June 2022.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from math import exp, log, sqrt

import pytest
from django.conf import settings
from django.test import Client
from scipy.stats import beta, norm

from ledger.counting import reckoning
from predictions.models import Prediction, Source
from tests.ledger.dashboard.reading import text
from tests.ledger.test_twelve import TODAY, twelve  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

FATES = {
    "A": "On time, early", "B": "On time, early", "C": "Late, 1.5 times the time", "D": "Not delivered",
    "E": "No verdict yet, 2,151 days", "F": "Partly", "G": "Void, its condition failed", "H": "Cannot tell",
    "I": "Not delivered", "J": "On time, early", "K": "No verdict yet, 1,635 days", "L": "Due in four years",
}  # fmt: skip
SAID = dict.fromkeys(FATES, "1 January 2020") | {"K": "1 June 2021", "L": "1 January 2025"}
DUE = dict.fromkeys(FATES, "1 Jan 2021") | {"K": "1 Jun 2022", "L": "31 Dec 2030"}
OF_ADA, OF_BO = "ABCDEFGHIJK", "L"


Told = str | re.Pattern[str]


def lines(letters: str, between: str = "{said} {due}") -> list[re.Pattern[str]]:
    """The entries as a table has them, whatever else stands in the row: said when, due when, and what became of it."""
    return [
        re.compile(
            rf"Thing {one} is there\.(?:(?!Thing).)*?{between.format(said=SAID[one], due=DUE[one])} {FATES[one]}"
        )
        for one in letters
    ]


CHOICE = ["beforehand: 9 logged in hindsight: 0 all: 9"]
COHORT = [
    "may lie anywhere from 17 to 83%", "All 9 promises whose day has passed", "On time 3 43%",
    "No verdict yet 1 14%", "Partly 1 14%", "Came late 1 14%", "Not delivered 1 14%", "Counted 7 100%",
    "Void, condition failed 1", "Cannot tell 1", "Withdrawn after its day 0", "On time: 3 to 4 of 7",
    "3 on time 1 no verdict yet 1 partly 1 came late 1 not delivered", "Void, cannot tell 1, 1",
    "On time: 17 to 83%, from the lower end of the 90% interval", "At most 41 to 91%",
    "3 of 5, a flattering figure",
]  # fmt: skip
IN_THE_BAR = [one for one in COHORT if one not in (COHORT[0], COHORT[1], *COHORT[8:10])]
CURVE = [
    "50% were delivered by the day named, 67% by twice the time", "50% on time 67% by twice the time",
    "0 25 50 75 100%", "said 1× 2× 3× 4×", "said 0.5× 1× 1.5× 2× 3× 4×", "at each point 6 3 2 2 0",
    "A promise of 12 months that arrives after 18 sits at 1.5×.", "the shaded area is the 90% interval",
    "had come by 1.0 times the promised time", "estimate over 6 claims", "Delivered 90% interval",
    "the day named 50% 23 to 84% 3", "1.5 times the time 67% 37 to 93% 2",
    "2 times the time 67% 37 to 93% 2", "3 times the time 67% 37 to 93% 2",
    "4 times the time not followed so far 0",
]  # fmt: skip
OTHERS = [
    "about 30% of the time (Buehler, Griffin and Ross, 1994)",
    "Of some 16,000 large projects, 8.5% met",
]
ODDS = ["was judged: 2 claims"]
SLIPS = [
    "thickest at 0.25 to 0.5 times the promised time: 2 of 4; two have not come",
    "2 1 0 1 2 the day named", "said 1× 2× 3× 4× later", "over 0.25 up to 0.50 2 0 0", "over 0.75 up to 1 1 0 0",
    "over 1.25 up to 1.50 1 0 0", "over 3.75 up to 4 0 2 0",
]  # fmt: skip
BOARD = CHOICE + COHORT + CURVE + SLIPS + OTHERS + ODDS
FRAME = ["Sunday 22 November 2026", "22 November 2026"]
MONTH = " ".join(str(day) for day in range(1, 32))

PAGES: dict[str, Sequence[Told]] = {
    "/": [
        *BOARD, "Share on time, 0 to 100%", "0 50 100%", "Ada Quint 3 of 6 on time 50%, 90% interval 23 to 77%",
        "The bar is the 90% interval", "in the next 30 days", "The next day is 31 December 2030",
        *(f"Thing {one} is there. Ada Quint, fell due {DUE[one]} {FATES[one]}" for one in "JIHGFEK"),
        "Thing L is there. Bo Lind, due 31 Dec 2030 Due in four years",
    ],
    "/speakers/": [
        *CHOICE, "widened by its 90% interval", "Ada Quint 11 9 3 1 1 1 1 2 17 to 83%, 3 to 4 of 7",
        "Bo Lind 1 0 0 0 0 0 0 0 nothing due",
    ],
    "/speakers/ada-quint/": [
        *(one for one in BOARD if one not in OTHERS), "17 to 83% 3 to 4 of 7 fallen due, 90% interval", "1.0× the time named",
        "today 2020 2021 2022 2023 2024 2025 2026", *lines(OF_ADA),
        *lines("BCDEFGHIJ", r"Said {said}, deadline 1 January 2021\."),
        "Said 1 January 2020, deadline 1 January 2021. Said again once. On time, early",
        "If so, 50% would be on time. Of six settled, 50% were, 90% interval 21 to 79%.",
        "nearly all would come: 95% or more. As long as six have been followed, 67% came, 90% interval 37 to 93%.",
        "everything: 11 on time: 3 late: 1 partly: 1 not delivered: 2 no verdict yet: 2 void or cannot tell: 2",
    ],
    "/speakers/bo-lind/": [
        "the first does on 31 December 2030", "the next on 31 December 2030", "“by 2030”",
        "One falls due on 31 December 2030", "today 2025 2026 2027 2028 2029 2030",
        "Said 1 January 2025, deadline 31 December 2030. Due in four years",
        "beforehand: 0 logged in hindsight: 0 all: 0", "everything: 1 still to come: 1",
        *lines(OF_BO),
    ],
    "/topics/": [
        "by topic: 1 topic", "widened by its 90% interval", "Space 12 9 3 1 1 1 1 2 17 to 83%, 3 to 4 of 7",
    ],
    "/topics/space/": [
        *(one for one in BOARD if one not in OTHERS), "Space: 3 to 4 of 7 promises came true on time", "“by 2030”",
        *lines(OF_ADA + OF_BO),
    ],
    "/compare/?a=ada-quint&b=bo-lind": [
        "Written down beforehand: 9 Logged in hindsight: 0 All: 9", *CURVE, *IN_THE_BAR,
        "17 to 83%, 3 to 4 of 7 nothing due", "Claims that fell due 9 0", "On time 3 0", "No verdict yet 1 0",
        "Partly 1 0", "Came late 1 0", "Not delivered 1 0", "67% (37 to 93%) not known",
        "1.0 times the promised time not known", "too few: 2 claims with odds",
    ],
    "/due/": ["one prediction on 31 December 2030", "“by 2030”", "Still to come: 1 Day passed: 11", "2030 2030", *lines(OF_BO)],
    "/due/?when=past": ["Still to come: 1 Day passed: 11", "2022 2022", "2021 2021", *lines(OF_ADA)],
    "/calendar/?month=2021-01": [
        "10 predictions fell due in January 2021 2021 2022", "Jan 10 fall due", "January 2021 Mon",
        MONTH.replace("1 2 3", "1 10 fall due 2 3", 1), "Friday 1 January",
        *(f"Thing {one} is there. Ada Quint {FATES[one]}" for one in "ABCDEFGHIJ"),
    ],
    "/calendar/": [
        "1 prediction falls due in December 2030", "2022 2030", "Dec 1 fall due", "December 2030 Mon",
        f"{MONTH} 1 fall due", "Tuesday 31 December",
    ],
    "/search/": [
        "“by 2030”", "Search 12 predictions", *lines(OF_ADA + OF_BO), "Ada Quint 11 Bo Lind 1", "Space 12",
        "Came true 4 Did not come true 2 Cannot tell, or void 2 No verdict yet 2 Still to come 1 Partly 1",
        "2020 10 2021 1 2025 1", "English 12",
    ],
    "/sources/": ["A talk something else not known 1 11 0", "An interview something else not known 1 1 0"],
    "/sources/talk/": lines(OF_ADA),
    "/sources/interview/": ["“by 2030”", *lines(OF_BO)],
    "/numbers/": [
        f"as of 22 November 2026, by version {reckoning.CODE} of the rules", "its 90% Jeffreys interval",
        "(2001): 0 where nothing came true, 1 where", "less than 30 days", "Jordan, 2021",
        "the 90% bar", "A rank takes 5 settled", "more than 20% wait", "can reach 95%", "From 20 claims on",
        "below 20 items", "Shown 1 the list", "5 posterior", "5 mean scores", "10 a dot", "10 the band",
        "20 an interval", "30 the recalibrated", "30 miscalibration",
    ],
    "/corrections/": [],
}  # fmt: skip
"""What each page says in figures."""

YES = {"A": "1 July 2020", "B": "31 December 2020", "C": "1 July 2021", "J": "1 June 2020"}
WORDS_OF = {"A": "On time", "B": "On time", "C": "Late", "J": "On time", "F": "Partly"}
CAME = YES | {"F": "1 October 2020"}


def of_one(letter: str, number: int) -> Sequence[Told]:
    """The figures on the page of one prediction."""
    said, due, horizon = SAID[letter], DUE[letter], "by 2030" if letter == "L" else "in a year"
    day = {"1 Jan 2021": "1 January 2021", "1 Jun 2022": "1 June 2022", "31 Dec 2030": "31 December 2030"}[
        due
    ]
    short = {"1 January 2020": "1 Jan 2020", "1 June 2021": "1 Jun 2021", "1 January 2025": "1 Jan 2025"}[
        said
    ]
    first = {"K": 2022, "L": 2025}.get(letter, 2020)
    earliest = said if letter == "L" else day
    found: list[Told] = [
        f"/ {said} Thing {letter} is there.", f"will be there {horizon}.”", f", on {said}, in",
        f"Said {short}", f"Deadline {due}", " ".join(str(year) for year in range(first, 2031 if letter == "L" else 2027)),
        f"Words “{horizon}”", f"Counted from {said}",
        f"Earliest {earliest}", f"Best estimate {day}", f"Deadline {day}, over at 24:00 UTC", f"Latest {day}:",
        f"Frozen with the entry on {said},", f"Number {number} keeps", f"{settings.SITE_URL}/predictions/{number}/embed/",
        "width=&quot;560&quot; height=&quot;320&quot;",
        f"{said} Said {said}, 12:00 Written down",
    ]  # fmt: skip
    if letter in CAME:
        answer = "Partly" if letter == "F" else "Yes"
        found += [
            f"{answer}, {CAME[letter]}. The verdict looked until 1 January 2024", f"{WORDS_OF[letter]} {CAME[letter]}",
            f"Verdicts {answer}, {CAME[letter]}",
        ]  # fmt: skip
    if letter in "ABCDFGHIJ":
        found += [
            "The verdict looked until 1 January 2024", "Added by a reviewer, 1 January 2024",
            "A reviewer, 1 January 2024; looked until 1 January 2024",
            "1 January 2024, 12:00 Evidence", "1 January 2024, 12:00 Judged",
        ]  # fmt: skip
    if letter != "L":
        found.append(f"{day}, 24:00 Fell due recorded 22 November 2026, 12:00")
    else:
        found += ["before 1 January 2031", "before 31 December 2030 is shown here"]
    if letter in "EK":
        found += [FATES[letter], f"Its last day was {day}"]
    found += lines({"A": "K", "K": "A"}.get(letter, ""))
    if letter == "K":
        found.append("said 1 January 2020")
    if letter in "CIJ":
        found.append({"C": "Late, 1.5 times the time", "I": "given 40% Ada", "J": "given 80% Ada"}[letter])
    return found


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ages are counted from the day the twelve were counted on."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def assert_each_is_told(client: Client, address: str, told: Sequence[Told]) -> None:
    """That the page says all of ``told``, and no other figure."""
    words = re.sub(r'\{"@context.*?\} ', "", text(client, address))  # for machines, tested by itself
    words = words.replace("“ ", "“").replace(" ”", "”")
    patterns = [one if isinstance(one, re.Pattern) else re.compile(re.escape(one)) for one in told]
    for one in patterns:
        assert one.search(words), one.pattern
    for one in sorted([*patterns, *map(re.compile, FRAME)], key=lambda one: len(one.pattern), reverse=True):
        words = one.sub(" ", words)
    assert re.findall(r".{40}\d.{20}", words) == [], address


@pytest.mark.parametrize("address", PAGES)
def test_no_figure_of_a_page_is_left_over(client: Client, twelve: list[Prediction], address: str) -> None:  # noqa: F811
    path = address
    for title, part in (("A talk", "talk"), ("An interview", "interview")):
        path = path.replace(part, str(Source.objects.get(title=title).pk))
    assert_each_is_told(client, path, PAGES[address])


def test_no_figure_of_a_prediction_s_page_is_left_over(client: Client, twelve: list[Prediction]) -> None:  # noqa: F811
    for letter, row in zip(FATES, twelve, strict=True):
        assert_each_is_told(client, row.get_absolute_url(), of_one(letter, row.pk))


def per_cent(low: float, high: float) -> str:
    return f"{100 * low:.0f} to {100 * high:.0f}%"


def jeffreys(k: int, n: int) -> tuple[float, float]:
    low, high = beta.ppf((0.05, 0.95), k + 0.5, n - k + 0.5)
    return low, high


def greenwood(*gone: int) -> tuple[float, float]:
    """Of what went one by one when so many were still followed each time; on the log-log scale."""
    left = 1.0
    for n in gone:
        left *= (n - 1) / n
    width = norm.ppf(0.95) * sqrt(sum(1 / (n * (n - 1)) for n in gone)) / log(left)
    return 1 - left ** exp(width), 1 - left ** exp(-width)


def test_the_intervals_are_those_of_the_formulas() -> None:
    assert per_cent(jeffreys(3, 7)[0], jeffreys(4, 7)[1]) == "17 to 83%"
    assert per_cent(*jeffreys(5, 7)) == "41 to 91%"
    assert per_cent(*jeffreys(3, 6)) == "21 to 79%"
    assert per_cent(*beta.ppf((0.05, 0.95), 1 + 3, 1 + 3)) == "23 to 77%"
    assert per_cent(*sorted(greenwood(6, 5, 4))) == "23 to 84%"
    assert per_cent(*sorted(greenwood(6, 5, 4, 3))) == "37 to 93%"
    assert (TODAY - date(2021, 1, 1)).days == 2151
    assert (TODAY - date(2022, 6, 1)).days == 1635
