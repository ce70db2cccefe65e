"""How well it finds in kinds of text that nobody tuned it on: made-up documents, marked before they were searched.

Between ⟦ and ⟧ stands a clear prediction, between ⟨ and ⟩ a marginal one; the finder sees neither mark.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from predictions.extraction import find
from predictions.transcripts import read

HERE = Path(__file__).parent / "documents"
DOCUMENTS = (
    ("earnings.vtt", date(2025, 2, 12)),  # a company tells its investors how it goes
    ("article.txt", date(2025, 9, 3)),  # a newspaper, with words in quotation marks
    ("panel.srt", date(2024, 5, 20)),  # three guests and a moderator, in captions
    ("interview.txt", date(2025, 3, 18)),  # a reporter asks a professor, in Chinese
    ("speech.md", date(2025, 6, 5)),  # a politician promises
)
# full of forecasts in the plain present and of idioms, which are harder to tell
HARDER = (
    ("column.txt", date(2026, 3, 10)),  # a newspaper column
    ("podcast.vtt", date(2026, 2, 20)),  # two growers chat, with all their ums
    ("studio.txt", date(2026, 4, 2)),  # an interview in simplified Chinese
    ("call.txt", date(2026, 10, 29)),  # another company and its analysts
    ("keynote.md", date(2026, 3, 18)),  # a founder on a stage
    ("report.txt", date(2026, 11, 11)),  # a news report: who said that what would be
    ("radio.srt", date(2026, 11, 18)),  # sports on the radio
    ("lecture.txt", date(2026, 5, 20)),  # a professor's last hour
    ("housing.txt", date(2026, 6, 30)),  # a column in simplified Chinese
    ("chat.txt", date(2026, 7, 15)),  # two friends talk, in traditional Chinese
    ("debate.txt", date(2026, 9, 10)),  # two councillors and a moderator
    ("launch.txt", date(2026, 4, 15)),  # a press conference in simplified Chinese
    ("blog.html", date(2026, 10, 5)),  # a baker's web page
    ("oysters.txt", date(2026, 5, 2)),  # a radio interview
    ("letter.md", date(2026, 6, 12)),  # a letter to investors
    ("campus.txt", date(2026, 6, 20)),  # questions and answers in simplified Chinese
)
# talk of many trades; all were said on one day
TALK = (
    "bank.txt",  # a central banker before the press
    "founder.txt",  # a founder's podcast, with hesitations
    "fab.txt",  # a talk in traditional Chinese about chips
    "clinic.txt",  # a doctor on what medicine can do when
    "minister.txt",  # a political interview in traditional Chinese
    "depot.txt",  # a railwayman on the radio, hardly ever with a "will"
    "wine.txt",  # a grower, hardly ever with a "will"
    "baseball.txt",  # two fans in traditional Chinese
    "capitol.txt",  # a panel before an election
    "stocks.txt",  # an analyst on television, in traditional Chinese
    "harbour.txt",  # a hearing of a committee
    "teacher.txt",  # a talk to parents in traditional Chinese
)
SAID_ON = date(2026, 4, 30)


class Mark(NamedTuple):
    start: int
    end: int
    clear: bool

    def is_found_in(self, start: int, end: int) -> bool:
        """Half of the marked words in not much more, or at least half of what was found among them."""
        common = min(self.end, end) - max(self.start, start)
        length = self.end - self.start
        covers = common * 2 >= length and end - start <= max(3 * length, 400)
        return common > 0 and (covers or common * 2 >= end - start)


class Score(NamedTuple):
    right: list[bool]  # for each candidate, the best first
    found: list[bool]  # for each clear prediction


def unmarked(text: str) -> tuple[str, list[Mark]]:
    plain: list[str] = []
    marks: list[Mark] = []
    start = 0
    for letter in text:
        if letter in "⟦⟨":
            start = len(plain)
        elif letter in "⟧⟩":
            marks.append(Mark(start, len(plain), letter == "⟧"))
        else:
            plain.append(letter)
    return "".join(plain), marks


def score(name: str, said_on: date) -> Score:
    text, marks = unmarked((HERE / name).read_text(encoding="utf-8"))
    transcript = read(text.encode(), name)
    spans = [transcript.span_in_file(one.start, one.end) for one in find(transcript, said_on)]
    return Score(
        [any(mark.is_found_in(*span) for mark in marks) for span in spans],
        [any(mark.is_found_in(*span) for span in spans) for mark in marks if mark.clear],
    )


def share(good: list[bool]) -> float:
    return sum(good) / len(good)


@pytest.mark.parametrize(("name", "said_on"), DOCUMENTS)
def test_each_kind_of_text_gives_most_of_its_predictions_and_the_best_first(name: str, said_on: date) -> None:
    right, found = score(name, said_on)
    assert share(found) >= 0.88
    assert share(right) >= 0.75
    assert share(right[: len(right) // 2]) >= 0.85


def test_talk_of_many_trades_gives_most_and_little_else() -> None:
    scores = [score(name, SAID_ON) for name in TALK]
    assert share([found for each in scores for found in each.found]) >= 0.8
    assert share([right for each in scores for right in each.right]) >= 0.92
    assert share([right for each in scores for right in each.right[: len(each.right) // 2]]) >= 0.95


def test_harder_kinds_together_still_give_most_and_little_else() -> None:
    scores = [score(name, said_on) for name, said_on in HARDER]
    assert share([found for each in scores for found in each.found]) >= 0.82
    assert share([right for each in scores for right in each.right]) >= 0.85
    assert share([right for each in scores for right in each.right[: len(each.right) // 2]]) >= 0.9
