"""In Traditional Chinese every public page is in Chinese throughout: only quotes, names and the ledger's own entries stay as they are."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from ledger import due
from ledger.judging import withdrawal
from predictions.models import Prediction
from tests import factories
from tests.ledger.dashboard import catalog

CHINESE = "zh-hant"
NAMES = {
    "Hindsight", "Ada", "Quint", "Bo", "Lind", "Cars", "Space", "CSV", "UTC", "SHA-256", "Brier", "Kaplan–Meier", "Jeffreys", "English",
    "Aalen–Johansen", "Greenwood", "CORP", "Buehler", "Griffin", "Ross", "Flyvbjerg", "Dimitriadis", "Gneiting", "Jordan", "Krippendorff",
    "Brown", "Cai", "DasGupta", "MCB", "DSC", "UNC", "Beta", "log-log", "JSON", "RFC", "C2SP", "Python", "FILE", "cookie", "ics", "AR", "example", "org",
}  # fmt: skip
"""Names of people, methods and things that Chinese texts write in Latin letters too."""


def test_everything_that_pages_say_has_a_translation() -> None:
    written = catalog.written()
    assert (
        sorted(asked for asked in catalog.asked_for() if asked not in written or not written[asked].words)
        == []
    )


def test_what_people_wrote_is_what_pages_read() -> None:
    """Whoever changes the catalog compiles it: ``make messages``."""
    read = catalog.compiled()
    for (context, words), entry in catalog.written().items():
        found = read.pgettext(context, words) if context else read.gettext(words)
        if entry.of != words:
            found = read.ngettext(words, entry.of, 2)
        assert found == entry.words, words


def test_a_translation_names_what_its_original_names() -> None:
    for entry in catalog.written().values():
        assert set(re.findall(r"%\(\w+\)s", entry.words)) == set(re.findall(r"%\(\w+\)s", entry.of)), entry.of


@pytest.fixture
def world(db: None) -> Prediction:
    """A ledger in which something of every kind has happened; what came of one promise."""
    today = timezone.localdate()
    ada, long_ago = factories.speaker("Ada Quint"), today - timedelta(days=900)
    late = None
    for i in range(12):
        row = factories.prediction(
            "in a year",
            said_on=long_ago,
            inked_on=long_ago,
            odds=round(0.5 + i / 25, 2),
            topics=["Space" if i % 2 else "Cars"],
            said={"speaker": ada if i % 3 else factories.speaker("Bo Lind")},
        )
        came = long_ago + timedelta(days=200 + 60 * i)
        factories.verdict(row, "no" if i == 5 else "yes", on=today, happened_on=None if i == 5 else came)
        late = row
    assert late
    factories.prediction(
        "in ten years", said_on=today, inked_on=today, says_again=late, said={"speaker": ada}
    )
    factories.prediction("soon", said_on=today, inked_on=today, said={"speaker": ada})
    factories.prediction("in a year", said_on=long_ago, inked_on=long_ago, said={"speaker": ada})
    gone = factories.prediction("in a year", said_on=long_ago, inked_on=today, said={"speaker": ada})
    withdrawal.withdraw(gone, reason="A joke.", at=factories.noon(today))
    due.flag_due(on=today, at=timezone.localtime())
    factories.counted(today)
    return late


def addresses(late: Prediction) -> list[str]:
    of = late.get_absolute_url()
    return [
        "/", "/?ink=hindsight", "/speakers/", "/speakers/ada-quint/", "/speakers/ada-quint/?fate=late", "/topics/", "/topics/space/",
        of, f"{of}correct/", f"{of}correct/filed/", f"{of}embed/", f"/log/predictions/{late.pk}/",
        "/sources/", late.statement.source.get_absolute_url(), "/compare/", "/compare/?a=ada-quint&b=bo-lind", "/calendar/", "/due/",
        "/due/?when=past", "/search/", "/search/?q=三", "/search/?q=四", "/methodology/", "/numbers/", "/corrections/",
        "/log/", "/subscribe/", "/subscribe/asked/", "/nowhere/",
    ]  # fmt: skip


def test_no_page_falls_back_into_english(client: Client, world: Prediction) -> None:
    left = {
        address: found
        for address in addresses(world)
        if (found := latin(client.get(address, HTTP_ACCEPT_LANGUAGE="zh-TW").content.decode()))
    }
    assert left == {}


def latin(page: str) -> list[str]:
    """The Latin words that a page says in what is marked as Chinese."""
    reader = Reader()
    reader.feed(page)
    words = re.findall(r"[A-Za-z][\w–’'-]*[A-Za-z]", " ".join(reader.said))
    return [word for word in words if word not in NAMES]


VOID = {"meta", "link", "br", "input", "img", "hr", "use", "path", "circle", "rect", "line"}
UNSAID = {"script", "style", "code", "pre", "textarea", "option"}


class Reader(HTMLParser):
    """What is read out of a page in Chinese: its text, and what attributes say aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[bool] = []
        """Of each element that is open, whether it is in Chinese."""

    @property
    def chinese(self) -> bool:
        return not self.open or self.open[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inside = given["lang"] == CHINESE if "lang" in given else self.chinese and tag not in UNSAID
        if inside:
            self.said += [
                given[name] or "" for name in ("aria-label", "title", "alt", "data-label") if name in given
            ]
        if tag not in VOID:
            self.open.append(inside)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.chinese:
            self.said.append(data)
