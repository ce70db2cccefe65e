"""The review desk in a real browser, by keyboard alone."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ledger.models import Event
from predictions import deciding, finding
from predictions.models import Candidate, Decision, Prediction, Transcript
from tests import drafts
from tests.browser.reviewing import again, decided, ink, opened, press, quotes, saved, shows
from tests.drafts import AT, candidate, searched

pytestmark = pytest.mark.django_db(transaction=True)

QUICK = 200
"""Milliseconds from a key to the next candidate."""

# Answers once the candidate shown is another one than when it was called, with how long that took.
TIMED = """key => new Promise(done => {
  const before = document.querySelector("article").dataset.id;
  const began = performance.now();
  new MutationObserver((_, watching) => {
    const now = document.querySelector("article");
    if (now && now.dataset.id === before) return;
    watching.disconnect();
    done(performance.now() - began);
  }).observe(document.getElementById("card"), {childList: true});
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
})"""


def test_the_first_candidate_is_open_with_its_words_marked(desk: Page, ferries: Transcript) -> None:
    first = quotes(ferries)[0]
    shows(desk, first)
    assert "".join(desk.locator("#passage .now.mark").all_inner_texts()) == first
    decided(desk, 0, len(quotes(ferries)))


def test_keys_step_through_all_candidates_and_back(desk: Page, ferries: Transcript) -> None:
    first, second, *_ = quotes(ferries)
    press(desk, "j")
    shows(desk, second)
    press(desk, "k")
    shows(desk, first)


def test_logging_takes_two_keys_and_the_first_only_shows_what_will_be_ink(
    desk: Page, ferries: Transcript
) -> None:
    second = quotes(ferries)[1]
    press(desk, "a")
    expect(desk.locator(".arm")).to_contain_text("Falls due after 1 October 2027")
    expect(desk.locator("[data-criteria] textarea")).to_be_in_viewport()
    assert not Prediction.objects.exists()
    again(desk)
    shows(desk, second)
    decided(desk, 1, len(quotes(ferries)))
    saved(desk)
    entry = Prediction.objects.get()
    assert entry.statement.speaker.name == "Mira Solano"
    assert entry.statement.place == "0:01"
    assert entry.inked_by == User.objects.get(username="admin")


def test_a_key_held_down_or_bouncing_inks_nothing(desk: Page) -> None:
    for _ in range(40):  # down without up is what a held key sends
        desk.keyboard.down("a")
        desk.wait_for_timeout(15)
    expect(desk.locator(".arm")).to_be_visible()
    desk.keyboard.up("a")
    press(desk, "Escape a")
    expect(desk.locator(".arm")).to_be_visible()
    press(desk, "a a")
    for _ in range(20):
        desk.keyboard.down("r")
    desk.keyboard.up("r")
    press(desk, "Escape")
    saved(desk)
    assert not Decision.objects.exists()


def test_any_other_key_calls_it_off(desk: Page) -> None:
    press(desk, "a Escape j k")
    expect(desk.locator(".arm")).to_be_hidden()
    assert not Decision.objects.exists()


def test_what_has_no_date_says_so_before_it_is_ink(admin_page: Page) -> None:
    drafts.people()
    stored = searched(
        "WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ines Vall>I predict that ferries will one day fly.\n"
    )
    page = opened(admin_page, stored)
    press(page, "a")
    expect(page.locator(".arm")).to_contain_text("it will never fall due")
    expect(page.locator(".arm")).to_contain_text("Adds Ines Vall to the speakers.")
    again(page)
    expect(page.locator("#empty")).to_have_text("All is decided.")
    saved(page)
    assert Prediction.objects.get().deadline is None


def test_what_is_foretold_not_to_happen_is_shown_as_such_before_it_is_ink(admin_page: Page) -> None:
    drafts.people()
    stored = searched(
        "WEBVTT\n\n00:01.000 --> 00:05.000\n<v Mira Solano>I predict that ferries won't fly by 2030.\n"
    )
    page = opened(admin_page, stored)
    press(page, "a")
    for words in ("Foretold: it will not happen.", "No odds.", "No condition."):
        expect(page.locator(".arm")).to_contain_text(words)
    again(page)
    expect(page.locator("#empty")).to_have_text("All is decided.")
    saved(page)
    assert Prediction.objects.get().foretold == "Not: I predict that ferries will fly by 2030."


def test_leaving_out_takes_r_and_a_letter(desk: Page, ferries: Transcript) -> None:
    reasons = {
        "q": "question",
        "p": "past",
        "h": "habit",
        "v": "advice",
        "y": "hypothetical",
        "j": "joke",
        "n": "no_horizon",
        "c": "not_checkable",
        "d": "duplicate",
    }
    first, second, *_ = quotes(ferries)
    for key in reasons:
        press(desk, f"r {key}")
        shows(desk, second)
        saved(desk)
        press(desk, "u")
        shows(desk, first)
    assert list(Decision.objects.order_by("pk").values_list("reason", flat=True)) == list(reasons.values())


def test_undo_brings_back_what_was_decided_last(desk: Page, ferries: Transcript) -> None:
    first, second, *_ = quotes(ferries)
    press(desk, "r q")
    shows(desk, second)
    press(desk, "u")
    shows(desk, first)
    decided(desk, 0, len(quotes(ferries)))


def test_undoing_ink_asks_for_a_reason_and_withdraws(desk: Page, ferries: Transcript) -> None:
    first, second, *_ = quotes(ferries)
    ink(desk)
    shows(desk, second)
    press(desk, "u")
    expect(desk.locator("#withdraw")).to_be_visible()
    desk.keyboard.type("A slip of the finger.")
    press(desk, "Enter")
    shows(desk, first)
    decided(desk, 0, len(quotes(ferries)))
    assert Event.objects.of_kind("withdrawn").get().reason == "A slip of the finger."


def test_from_a_key_to_the_next_candidate_there_is_no_waiting(desk: Page) -> None:
    taken = []
    for keys in ("j", "j", "k", "k", "r p", "r p", "r p"):
        desk.wait_for_load_state("networkidle")
        *before, last = keys.split()
        press(desk, " ".join(before))
        taken.append(desk.evaluate(TIMED, last))
    assert statistics.median(taken) < QUICK, taken


def test_two_loggers_see_each_other_and_the_second_is_told(
    desk: Page, ferries: Transcript, new_page: Callable[..., Page], live_server: LiveServer
) -> None:
    bea = User.objects.create_superuser("bea", first_name="Bea")
    client = Client()
    client.force_login(bea)
    other = new_page()
    other.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    opened(other, ferries)
    press(other, "r j")
    saved(other)
    press(desk, "r p")  # it has not heard of it yet
    expect(desk.locator("#said")).to_contain_text("Bea decided this at")
    expect(desk.locator("#colleagues")).to_have_text("Also here: Bea")
    assert Decision.objects.get().made_by == bea


def test_what_a_colleague_decides_shows_by_itself(desk: Page, ferries: Transcript) -> None:
    bea = User.objects.create_user("bea", first_name="Bea")
    deciding.reject(candidate(ferries, "2030"), "joke", at=AT, by=bea)
    decided(desk, 1, len(quotes(ferries)))
    expect(desk.locator("#passage .rejected")).not_to_have_count(0)


def test_candidates_come_in_while_the_search_goes_on(admin_page: Page) -> None:
    stored = drafts.transcript()
    admin_page.goto(f"/admin/review/{stored.pk}/")
    expect(admin_page.locator("#searching")).to_contain_text("Searching by rules: 0 of 5 segments")
    finding.go_on(drafts.clock)
    expect(admin_page.locator("article")).to_be_visible()
    shows(admin_page, quotes(stored)[0])
    expect(admin_page.locator("#searching")).to_have_text("")


def test_the_likeliest_come_first_if_one_likes(desk: Page, ferries: Transcript) -> None:
    best = Candidate.objects.filter(transcript=ferries).order_by("-score", "start")[0]
    press(desk, "o")
    desk.goto("about:blank")
    opened(desk, ferries)
    shows(desk, best.quote)


def test_a_server_that_is_gone_loses_nothing(desk: Page, ferries: Transcript) -> None:
    desk.wait_for_load_state("networkidle")
    desk.context.set_offline(True)
    press(desk, "r p")
    expect(desk.locator("#said")).to_contain_text("cannot be reached")
    shows(desk, quotes(ferries)[0])
    desk.context.set_offline(False)
    press(desk, "r p")
    decided(desk, 1, len(quotes(ferries)))


def test_who_signs_in_again_in_another_tab_goes_on_with_this_one(desk: Page, ferries: Transcript) -> None:
    desk.wait_for_load_state("networkidle")
    (cookie,) = [one for one in desk.context.cookies() if one["name"] == "csrftoken"]
    desk.context.add_cookies([{**cookie, "value": "b" * 32}])  # type: ignore[typeddict-item]
    press(desk, "r p")
    saved(desk)
    assert Decision.objects.count() == 1


def test_the_page_fits_the_window(desk: Page) -> None:
    for width, height in ((1280, 768), (1600, 900)):
        desk.set_viewport_size({"width": width, "height": height})
        assert desk.evaluate(
            "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
        )
    desk.set_viewport_size({"width": 390, "height": 844})
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_in_a_narrow_window_the_decision_is_what_one_sees_first(desk: Page, ferries: Transcript) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    opened(desk, ferries)
    expect(desk.locator("article h1")).to_be_in_viewport()
    press(desk, "j")
    shows(desk, quotes(ferries)[1])
    expect(desk.locator("article h1")).to_be_in_viewport()


def test_importing_by_paste_leads_to_the_desk(admin_page: Page, broker: str) -> None:
    admin_page.goto("/admin/predictions/transcript/add/")
    admin_page.get_by_label("or paste it").fill(drafts.FERRIES)
    admin_page.get_by_label("Title of the source").fill("Ferries")
    admin_page.get_by_label("Said on").fill("2025-10-01")
    admin_page.get_by_role("button", name="Import it").click()
    admin_page.wait_for_url("**/admin/review/*/")
    assert Transcript.objects.get().source.title == "Ferries"


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(admin_page: Page) -> None:
    admin_page.goto("/admin/predictions/transcript/add/")
    sent: list[str] = []
    admin_page.on("request", lambda request: sent.append(request.method))
    admin_page.get_by_label("File").evaluate(
        """field => { const box = new DataTransfer(); box.items.add(new File([new Uint8Array(100_000_000)], "large.txt"));
        field.files = box.files; field.dispatchEvent(new Event("change", {bubbles: true})); }"""
    )
    expect(admin_page.get_by_role("alert")).to_contain_text("at most 32 MB")
    assert "POST" not in sent
