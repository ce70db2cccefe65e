"""The words of a candidate at the review desk, by keyboard: its edges, cuts, dates and voice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from predictions.models import Decision, Segment, Transcript
from tests.browser.reviewing import decided, ink, press, quotes, shows

pytestmark = pytest.mark.django_db(transaction=True)


def test_edges_move_word_by_word(desk: Page, ferries: Transcript) -> None:
    first = quotes(ferries)[0]
    press(desk, "e ArrowLeft ArrowLeft")
    shows(desk, first.removesuffix(" two years."))
    press(desk, "Shift+ArrowRight Enter")
    expect(desk.locator(".kick")).to_contain_text("cut by hand")
    shorter = first.removesuffix(" two years.").split(" ", 1)[1]
    shows(desk, shorter)
    assert quotes(ferries)[0] == shorter


def test_leaving_the_edges_changes_nothing(desk: Page, ferries: Transcript) -> None:
    before = quotes(ferries)
    press(desk, "e ArrowLeft Escape")
    shows(desk, before[0])
    assert quotes(ferries) == before


def test_a_candidate_is_split_in_two_and_put_together_by_undo(desk: Page, ferries: Transcript) -> None:
    before = quotes(ferries)
    press(desk, "s")
    expect(desk.locator("article h1")).to_contain_text("‖")
    press(desk, "ArrowRight Enter")
    decided(desk, 0, len(before) + 1)
    assert " ".join(quotes(ferries)[:2]) == before[0]
    press(desk, "u")
    decided(desk, 0, len(before))
    assert quotes(ferries) == before


def test_two_candidates_are_merged(desk: Page, ferries: Transcript) -> None:
    before = quotes(ferries)
    press(desk, "m")
    decided(desk, 0, len(before) - 1)
    merged = quotes(ferries)[0]
    assert merged.startswith(before[0])
    assert merged.endswith(before[1])


def test_words_typed_anew_are_read_anew(desk: Page) -> None:
    press(desk, "h")
    desk.keyboard.type("by the end of 2031")
    expect(desk.locator("[data-deadline]")).to_have_text("31 December 2031")
    press(desk, "Escape a")
    expect(desk.locator(".arm")).to_contain_text("Falls due after 31 December 2031")


def test_letters_typed_into_a_field_are_letters(desk: Page) -> None:
    press(desk, "c")
    desk.keyboard.type("A quarrel among ferrymen ends.")
    assert desk.locator("textarea[name=claim]").input_value() == "A quarrel among ferrymen ends."
    press(desk, "Escape")
    assert not Decision.objects.exists()


def test_what_the_ink_refuses_brings_the_candidate_back_with_what_was_typed(
    desk: Page, ferries: Transcript
) -> None:
    press(desk, "t")
    press(desk, "Backspace Escape c")
    desk.keyboard.type("The first ferry runs.")
    press(desk, "Escape")
    ink(desk)
    expect(desk.locator("[data-criteria] .errors")).to_be_visible()
    shows(desk, quotes(ferries)[0])
    assert desk.locator("textarea[name=claim]").input_value() == "The first ferry runs."
    decided(desk, 0, len(quotes(ferries)))


def test_who_speaks_is_put_right_by_keyboard(desk: Page) -> None:
    press(desk, "w")
    desk.keyboard.type("Ines Vall")
    press(desk, "Enter")
    expect(desk.locator("article [name=speaker]")).to_have_value("Ines Vall")
    expect(desk.locator(".seg.now .sp")).to_contain_text("label says Mira Solano")
    assert Segment.objects.filter(speaker__name="Ines Vall").count() == 1
