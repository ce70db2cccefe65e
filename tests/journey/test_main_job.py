"""The main job on a new machine: log a prediction, watch it fall due, resolve it, see it on the dashboard."""

from __future__ import annotations

import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from typing import Any

import psutil
from playwright.sync_api import Page, expect

from config import places
from tests.journey.conftest import Installation
from tests.smtp_sink import SmtpSink

READER = "reader@example.org"
CLAIM = "A robot threads a needle in front of an audience"
QUOTE = "A robot will thread a needle on stage in about a year."
PICTURES = places.VAR / "journey"


def test_from_a_clean_clone_to_a_resolved_prediction(
    installation: Installation, visitor: Page, smtp_server: SmtpSink
) -> None:
    every_address_answers(installation)
    subscribe(visitor, installation, smtp_server)
    log_in(visitor, installation)
    until(lambda: fell_due(installation) >= 5, "the worker to flag what the demo ledger says is over", 60)

    number = log_a_prediction(visitor)
    logged = time.monotonic()
    until(lambda: record(installation, number)["events"], "the worker to flag the new prediction", 120)
    (event,) = record(installation, number)["events"]
    assert (event["kind"], event["happened_at"][:10]) == ("fell_due", "2026-10-02")

    mail = next(m for m in wait_for_mail(smtp_server, CLAIM, 120 - (time.monotonic() - logged)))
    assert mail["To"] == READER
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    resolve(visitor, number)
    assert record(installation, number)["standing"]["outcome"]
    see_it_in_public(visitor, number)
    assert len(list(wait_for_mail(smtp_server, CLAIM, 5))) == 1, (
        "one mail, not one for each turn of the worker"
    )


def test_afterwards_nothing_is_left(installation: Installation) -> None:
    """Runs last in this file's order: the run is stopped here, with the signal that a service manager sends."""
    installation.process.terminate()
    installation.process.wait(timeout=60)
    until(lambda: not left_of(installation), "every process to end", 20)


# -- steps -----------------------------------------------------------------------------------------


def every_address_answers(installation: Installation) -> None:
    for path in (
        "/",
        "/healthz",
        "/api/v1/",
        "/api/v1/schema/",
        "/methodology/",
        "/subscribe/",
        "/admin/login/",
    ):
        with urllib.request.urlopen(f"{installation.url}{path}", timeout=20) as answer:
            assert answer.status == 200, path


def subscribe(page: Page, installation: Installation, sink: SmtpSink) -> None:
    page.goto("/")
    picture(page, "1 first page")
    page.goto("/subscribe/")
    page.locator("[name=email]").fill(READER)
    page.get_by_role("button", name="Ask my mailbox").click()
    (question,) = wait_for_mail(sink, "confirm", 60)
    body = question.get_body(("plain",))
    link = re.search(rf"{re.escape(installation.url)}/subscribe/confirm/\S+", body.get_content())
    assert link, body.get_content()
    page.goto(link[0])
    page.get_by_role("button", name="Yes, tell me").click()
    expect(page.locator("h1")).to_contain_text("You will hear")


def log_in(page: Page, installation: Installation) -> None:
    page.goto("/admin/")
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill(installation.password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{installation.url}/admin/")
    picture(page, "2 desks")


def log_a_prediction(page: Page) -> int:
    page.goto("/admin/predictions/prediction/add/")
    pick_first(page, "speaker")
    pick_first(page, "source")
    page.locator("[name=quote]").fill(QUOTE)
    page.locator("[name=said_on]").fill("2025-10-01")
    page.locator("[name=horizon_text]").fill("in about a year")
    expect(page.locator("aside [data-reading-box]")).to_contain_text("2026-10-01")
    page.locator("[name=claim]").fill(CLAIM)
    page.locator("[name=criteria]").fill("Yes if a video shows it done without help. The video settles it.")
    page.locator("[name=polarity]").first.check()
    picture(page, "3 before it is ink")
    page.get_by_role("button", name="Put it into ink").click()
    page.wait_for_url(re.compile(r"/predictions/prediction/\d+/change/"))
    picture(page, "4 ink")
    found = re.search(r"/prediction/(\d+)/change/", page.url)
    assert found
    return int(found[1])


def pick_first(page: Page, field: str) -> None:
    page.locator(f"#id_{field} + .select2").click()
    page.locator(
        ".select2-results__option--selectable, .select2-results__option[aria-selected]"
    ).first.click()


def resolve(page: Page, number: int) -> None:
    page.goto("/admin/ledger/desk/")
    expect(page.locator("body")).to_contain_text(CLAIM)
    picture(page, "5 desk")
    page.goto(f"/admin/ledger/desk/{number}/")
    page.locator("[name=happened][value=yes]").check(force=True)
    page.locator("[name=happened_on]").fill("2026-09-15")
    page.locator("[name=note]").fill("The video shows it.")
    page.locator("[name=evidence-0-url]").fill("https://example.org/needle")
    page.locator("[name=evidence-0-bearing]").select_option("for")
    page.locator("[name=evidence-0-kind]").select_option("primary")
    picture(page, "6 verdict")
    page.get_by_role("button", name="Sign the verdict").first.click()
    page.wait_for_url(re.compile(rf"/admin/ledger/desk/(?!{number}/)"))
    picture(page, "7 next in the queue")


def see_it_in_public(page: Page, number: int) -> None:
    page.goto("/")
    expect(page.locator("main")).to_contain_text(CLAIM)
    picture(page, "8 dashboard")
    page.goto(f"/predictions/{number}/")
    expect(page.locator("main")).to_contain_text(QUOTE)
    expect(page.locator("main")).to_contain_text("The video shows it.")
    picture(page, "9 prediction")


# -- what the steps look at ------------------------------------------------------------------------


def read(installation: Installation, path: str) -> Any:
    with urllib.request.urlopen(f"{installation.url}/api/v1/{path}", timeout=20) as answer:
        return json.load(answer)


def record(installation: Installation, number: int) -> Any:
    return read(installation, f"predictions/{number}/")


def fell_due(installation: Installation) -> int:
    """Return how many predictions on the first page of those that are over have been flagged."""
    found = read(installation, "predictions/?" + urllib.parse.urlencode({"due_before": "2026-11-22"}))
    return sum(any(event["kind"] == "fell_due" for event in one["events"]) for one in found["results"])


def wait_for_mail(sink: SmtpSink, words: str, seconds: float) -> list[Any]:
    """Return the mails with ``words`` in the subject as soon as there are any."""

    def found() -> list[Any]:
        return [mail for mail in sink.messages if words.casefold() in str(mail["Subject"]).casefold()]

    until(found, f"a mail about {words!r}", seconds)
    return found()


def left_of(installation: Installation) -> list[str]:
    mark = str(installation.folder / "var" / "children.lock")
    left = []
    for process in psutil.process_iter():
        try:
            if any(file.path == mark for file in process.open_files()):
                left.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return left


def until(holds: Callable[[], Any], what: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        time.sleep(0.5)


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole ``page``, for a person to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
