"""Of a saved page the article is read: what trafilatura holds it to be, or what the page marks, where that is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from predictions.transcripts import Transcript, read

PAGES = Path(__file__).parent / "pages"

# How each paragraph begins that is no part of the article: menus, adverts, comments, imprints.
BESIDE = {
    "newspaper": """
        Home|City|Sport|We value|Advertisement|Read more|Ferry fares|Ten homes|Comments|gullfan|tess|Copyright
    """,
    "essay": "Subscribe|Get our newsletter|2 comments|Bo:|Ann:",
    "handmade": "Older|Newer|Archive|This page was",
    "ministry": "Ministry|Share this|Last updated",
    "chinese": "首頁|限時優惠|路人甲|路人乙|版權所有",
    "interview": "Oven|Popular|This oven|Win a mixer|Rye:",
}
LEFT_IN = {"newspaper": ["Advertisement"], "handmade": ["This page was"], "chinese": ["限時優惠", "版權所有"]}
"""What stands right within the article, or says nothing of itself."""
LEFT_OUT = {"newspaper": ["By Marta Quill, 3 May 2025"]}
"""What belongs to the article, and is not seen as a part of it."""


def paragraphs(transcript: Transcript) -> list[str]:
    return [transcript.text[one.start : one.end] for one in transcript.segments]


def page(name: str) -> str:
    return (PAGES / f"{name}.html").read_text()


def beside(name: str) -> list[str]:
    return BESIDE[name].strip().split("|")


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the extra away."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)


@pytest.fixture(params=BESIDE)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def whole(name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "trafilatura", None)
        return paragraphs(read(page(name).encode()))


def test_the_article_is_read_and_what_stands_beside_it_is_not(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of_it = whole(name, monkeypatch)
    stay = LEFT_IN.get(name, [])
    go = [words for words in beside(name) if words not in stay]
    wanted = [
        words
        for words in all_of_it
        if not any(map(words.startswith, go)) and words not in LEFT_OUT.get(name, [])
    ]
    assert paragraphs(read(page(name).encode())) == wanted


@pytest.mark.usefixtures("not_installed")
def test_without_the_extra_nothing_is_left_out_but_what_the_page_marks(name: str) -> None:
    found = paragraphs(read(page(name).encode()))
    assert [words for words in beside(name) if not any(one.startswith(words) for one in found)] == []


def test_offsets_lead_back_into_the_file(name: str) -> None:
    file = page(name)
    transcript = read(file.encode())
    for one in transcript.segments:
        start, end = transcript.span_in_file(one.start, one.end)
        written, read_as = file[start:end], transcript.text[one.start : one.end]
        assert (written[0], written[-1]) == (read_as[0], read_as[-1])
        if not set("<&\n") & set(written):
            assert written == read_as


def test_items_in_order_and_cells_of_a_table_belong_to_the_article() -> None:
    steps = "".join(f"<li>Step {n}: the crane goes up by the end of 20{n}." for n in range(30, 35))
    cells = "<tr><td>2030<td>4 cranes<tr><td>2031<td>9 cranes"
    file = f"<!doctype html><div class=menu><a href=/>Home</a></div><div><h1>Cranes</h1><p>How the harbour will grow, says its master.<ol>{steps}</ol><table>{cells}</table></div>"
    found = paragraphs(read(file.encode()))
    assert "Home" not in found
    assert [words for words in found if words.startswith("Step")] == [
        f"Step {n}: the crane goes up by the end of 20{n}." for n in range(30, 35)
    ]
    assert found[-4:] == ["2030", "4 cranes", "2031", "9 cranes"]


def test_a_page_in_which_no_article_can_be_told_is_read_as_a_whole() -> None:
    file = "<!doctype html><p>In ten years.<p>There will be <b>rain</b>."
    assert paragraphs(read(file.encode())) == ["In ten years.", "There will be rain."]


def test_what_is_nested_without_end_takes_no_more_room_than_the_file() -> None:
    file = "<!doctype html>" + "<ul><li>" * 5_000 + "It will rain."
    assert len(read(file.encode()).text) < 50 * len(file)
