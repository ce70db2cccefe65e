"""The mails: what they say, how they can be left, and that no text can break them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page
from pytest_django import Settings

from ledger import due
from ledger.models import Delivery, Mail, Subscriber, Subscription
from ledger.post import envelopes, letters, subscriptions, tidings
from ledger.post.links import Ending, ending, managing
from ledger.rhythm import Rhythm
from predictions.dates import Precision
from predictions.ink import Override
from predictions.models import Prediction
from tests import factories
from tests.factories import noon
from tests.ledger.post.mail import links, plain, rich

pytestmark = pytest.mark.django_db

DUE = date(2026, 10, 1)
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa"]}  # not what only a page has, such as landmarks
SITE = "https://hindsight.example"


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = SITE
    settings.NOTICES = []
    settings.ALLOWED_HOSTS = ["hindsight.example", "testserver"]


def received(mail: Mail) -> EmailMessage:
    """The mail as a mail program gets it."""
    items = list(mail.items.filter(dropped_at=None).with_all())
    return message_from_bytes(letters.write(mail, items).message().as_bytes(), policy=policy.default)


def made(at: datetime) -> list[Mail]:
    """The mails that there are at a moment."""
    envelopes.fill(at)
    return list(Mail.objects.select_related("subscriber__user").order_by("pk"))


def mail_about(prediction: Prediction, subscription: Subscription | None = None) -> EmailMessage:
    subscription = subscription or factories.subscription()
    deadline = prediction.deadline
    assert deadline is not None
    next_day = deadline.last_day + timedelta(days=1)
    due.flag_due(on=next_day, at=noon(next_day))
    made(noon(next_day))
    item = Delivery.objects.get(
        subscriber=subscription.subscriber, event__prediction=prediction, kind=Delivery.Kind.FELL_DUE
    )
    assert item.mail is not None
    return received(item.mail)


def question(to: str = "", at: date = DUE) -> EmailMessage:
    who = factories.speaker(to) if to else None
    subscriptions.ask("reader@example.org", who, at=noon(at), on=at)
    (mail,) = made(noon(at))
    return received(mail)


@pytest.fixture
def prediction() -> Prediction:
    return factories.prediction(
        "in about a year",
        said={
            "speaker": factories.speaker("Ada Byron"),
            "source": factories.source("The Engine Hour"),
            "quote": "It will weave algebra in about a year.",
        },
        claim="The engine weaves algebraic patterns",
        criteria="A pattern is shown in public.",
    )


class TestTheMailAboutAVerdict:
    @pytest.mark.parametrize(
        ("language", "subject", "first_words"),
        [
            ("en", "New verdict: Late: ", "This replaces the verdict of 3 October 2026. The verdict: late"),
            ("zh-hant", "新判定：遲到：", "這項判定取代2026年10月3日的判定。判定："),
        ],
    )
    def test_says_which_one_it_replaces(
        self, prediction: Prediction, language: str, subject: str, first_words: str
    ) -> None:
        reader = factories.subscription().subscriber
        Subscriber.objects.filter(pk=reader.pk).update(language=language)
        mails = []
        for days, came, happened_on in [(2, "no", None), (9, "yes", date(2026, 10, 5))]:
            on = DUE + timedelta(days=days)
            factories.verdict(prediction, came, on=on, happened_on=happened_on)
            mails.append(received(made(noon(on))[-1]))
        first, second = mails
        assert not re.match("New|新判定", first["Subject"])
        for words in (plain(first), rich(first)):
            assert not re.search("This replaces|這項判定取代", words)
        assert second["Subject"].strip().startswith(subject)
        assert first_words in " ".join(plain(second).split())
        assert first_words in rich(second)


class TestTheMailThatSomethingFellDue:
    @pytest.mark.parametrize("part", [plain, rich])
    def test_says_what_who_when_and_what_comes_next(self, prediction: Prediction, part: Any) -> None:
        text = " ".join(re.sub(r"<[^>]+>", " ", part(mail_about(prediction))).split())
        for said in (
            "The engine weaves algebraic patterns",
            "“It will weave algebra in about a year.”",
            "Ada Byron, 1 October 2025, in The Engine Hour",
            "Thursday, 1 October 2026",
            "“in about a year”",
            "A pattern is shown in public.",
            "waits for a verdict",
            "on 1 January 2025",
            "every prediction",
        ):
            assert said in text

    def test_its_subject_states_the_fact(self, prediction: Prediction) -> None:
        subject = mail_about(prediction)["Subject"]
        assert subject == "Fell due: The engine weaves algebraic patterns (Ada Byron)"

    def test_never_shows_what_was_said_not_to_happen_as_promised(self) -> None:
        mail = mail_about(factories.prediction(claim="Snow falls in July", polarity="will_not"))
        assert mail["Subject"].startswith("Fell due: Not: Snow falls in July")
        for words in (plain(mail), rich(mail)):
            assert words.count("Snow falls") == words.count("Not: Snow falls") > 0

    def test_says_of_a_restatement_when_it_was_first_said(self, prediction: Prediction) -> None:
        again = factories.prediction(
            "in a year",
            said_on=date(2025, 12, 1),
            inked_on=date(2025, 12, 2),
            said={"speaker": prediction.statement.speaker},
            says_again=prediction,
        )
        reader = factories.subscription()
        assert "first said" not in plain(mail_about(prediction, reader))
        mail = mail_about(again, reader)
        assert "Said again: first said on 1 October 2025" in plain(mail)
        assert "first said on 1 October 2025" in rich(mail)

    def test_leads_to_the_page_to_a_choice_and_to_four_ways_out(self, prediction: Prediction) -> None:
        subscription = factories.subscription()
        reader = subscription.subscriber
        mail = mail_about(prediction, subscription)
        expected = {
            f"{SITE}/predictions/{prediction.pk}/",
            managing(reader),
            ending(reader, Ending.PREDICTION, prediction.pk),
            ending(reader, Ending.KIND, "fell_due"),
            ending(reader, Ending.SUBSCRIPTION, subscription.pk),
            ending(reader, Ending.ALL),
        }
        assert set(links(plain(mail))) == set(links(rich(mail))) == expected

    def test_ends_by_one_click_without_cookies_or_a_visit(self, prediction: Prediction) -> None:
        subscription = factories.subscription()
        mail = mail_about(prediction, subscription)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = re.fullmatch(rf"<{re.escape(SITE)}(/\S+)>", mail["List-Unsubscribe"].strip())
        assert address
        program = Client(enforce_csrf_checks=True)
        answer = program.post(address[1], {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        subscription.refresh_from_db()
        assert subscription.ended_at is not None

    def test_is_known_to_mail_programs_for_what_it_is(self, prediction: Prediction) -> None:
        subscription = factories.subscription(to=prediction.statement.speaker)
        mail = mail_about(prediction, subscription)
        assert mail["Message-ID"] == Mail.objects.get().message_id
        assert mail["Message-ID"].endswith("@hindsight.example>")
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["List-ID"] == "<mail.hindsight.example>"
        assert mail["To"] == "reader@example.org"
        assert [part.get_content_type() for part in mail.walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]

    def test_mails_about_one_prediction_are_one_thread(self, prediction: Prediction) -> None:
        one, two = factories.subscription("one@example.org"), factories.subscription("two@example.org")
        first, second = mail_about(prediction, one), mail_about(prediction, two)
        other = mail_about(factories.prediction(), one)
        assert first["References"] == second["References"] == letters.thread(prediction)
        assert other["References"] != first["References"]
        assert len({first["Message-ID"], second["Message-ID"], other["Message-ID"]}) == 3

    def test_every_copy_is_the_same(self, prediction: Prediction) -> None:
        mail_about(prediction)
        first, second = received(Mail.objects.get()), received(Mail.objects.get())
        assert (plain(first), rich(first)) == (plain(second), rich(second))
        assert first["List-Unsubscribe"] == second["List-Unsubscribe"]

    def test_is_no_more_exact_than_the_day_it_was_said(self) -> None:
        said = {"said_precision": Precision.MONTH}
        mail = mail_about(factories.prediction(said=said, said_on=date(2025, 10, 5), inked_on=DUE))
        assert ", October 2025, in" in plain(mail)
        assert "5 October" not in plain(mail)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"polarity": "will_not"}, "not to happen by then"),
            ({"condition": "If it is funded."}, "Only if: If it is funded."),
            ({"inked_on": date(2026, 11, 1)}, "1 November 2026, in hindsight"),
            ({"said": {"attribution": "reported"}}, "reported by somebody else"),
            (
                {
                    "horizon": "soon",
                    "override": Override(
                        earliest=DUE, nominal=DUE, deadline=DUE, latest=DUE, reason="He named the day."
                    ),
                },
                "He named the day.",
            ),
        ],
    )
    def test_says_what_else_a_reader_must_know(self, given: dict[str, Any], said: str) -> None:
        mail = mail_about(factories.prediction(**given))
        assert said in " ".join(plain(mail).split())
        assert said.split(": ")[-1] in rich(mail)

    def test_says_when_it_was_dated_only_after_its_deadline(self) -> None:
        entry = factories.prediction("soon")
        factories.dated(entry, DUE, on=date(2026, 11, 1))
        words = " ".join(plain(mail_about(entry)).split())
        assert "2 October 2025; dated on 1 November 2026, in hindsight: after its day" in words

    def test_lines_of_the_text_are_short(self, prediction: Prediction) -> None:
        too_long = [line for line in plain(mail_about(prediction)).splitlines() if len(line) > 78]
        assert all(line.startswith(SITE) for line in too_long)

    def test_fetches_nothing_and_styles_nothing_inline(self, prediction: Prediction) -> None:
        class Page(HTMLParser):
            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                assert tag not in {"img", "script", "link", "iframe", "table"}
                assert not {"style", "src", "background"} & {name for name, _ in attrs}

        page = rich(mail_about(prediction))
        Page().feed(page)
        assert "url(" not in page
        assert "prefers-color-scheme: dark" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("light", ["light", "dark"])
def test_a_checker_finds_nothing_in_any_mail(new_page: Callable[..., Page], light: str) -> None:
    """A digest with verdicts has all that a mail can hold; a mail about one thing, and a question, the rest."""
    asked = question("Ada Byron")
    subscription = factories.subscription()
    told = [factories.prediction() for _ in range(2)]
    alone = mail_about(told[0], subscription)
    for prediction in told:
        factories.verdict(prediction, "no", on=DUE + timedelta(days=2))
    subscriptions.choose(subscription.subscriber, rhythm=Rhythm.DAILY, hour=8, time_zone="", unwanted=[])
    digest = received(made(noon(DUE + timedelta(days=4)))[-1])
    page = new_page(color_scheme=light)
    assert "<strong>" in rich(digest)
    for mail in (asked, alone, digest):
        page.set_content(rich(mail))
        assert Axe().run(page, options=OPTIONS).response["violations"] == []


class TestAnyText:
    NASTY = [
        "<script>alert(1)</script><b>bold</b>",
        "Bcc: everybody@example.org\r\nSubject: something else\n\n.\n\nMAIL FROM",
        "שלום עולם \u202eevil\u202c 🚀👩🏽‍🚀 ‮",
        "永遠不會 “發生”" * 20,
        "{{ settings.SECRET_KEY }} {% debug %}",
        "x" * 380,
        "a\x1b]0;b\x07c",
    ]

    @pytest.mark.parametrize("text", NASTY)
    def test_stays_text(self, text: str) -> None:
        quote = text * (900 // len(text) + 1)
        who = factories.speaker(text[:100], slug="nasty")
        prediction = factories.prediction(
            "in about a year",
            said={"speaker": who, "quote": quote[:5_000], "source": factories.source(text[:250])},
            claim=text[:400],
            criteria=text,
        )
        mail = mail_about(prediction, factories.subscription(to=who))
        subject = str(mail["Subject"]).strip()
        assert subject.startswith("Fell due: ")
        assert len(subject) <= tidings.LONGEST_SUBJECT
        assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069]", subject)
        assert set(mail.keys()) == {
            "Content-Type",
            "MIME-Version",
            "Subject",
            "From",
            "To",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "References",
            "List-ID",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
        }
        assert mail["To"] == "reader@example.org"
        assert "<script" not in rich(mail)
        assert "<b>" not in rich(mail)
        assert len(plain(mail)) < 5_000

    def test_a_template_in_a_text_is_no_template(self) -> None:
        prediction = factories.prediction(claim="{{ 6|add:7 }} {% now 'Y' %}")
        mail = mail_about(prediction)
        assert "{{ 6|add:7 }} {% now 'Y' %}" in plain(mail)


class TestTheQuestion:
    @pytest.mark.parametrize(
        ("to", "subject", "said"),
        [
            ("Ada Byron", "Please confirm: mail about Ada Byron", "hear of predictions by Ada Byron?"),
            ("", "Please confirm: mail about every prediction", "hear of every prediction?"),
        ],
    )
    def test_says_what_was_asked_for_where_and_that_silence_is_a_no(
        self, to: str, subject: str, said: str
    ) -> None:
        mail = question(to)
        assert mail["Subject"] == subject
        for text in (plain(mail), re.sub(r"<[^>]+>", " ", rich(mail))):
            flat = " ".join(text.split())
            assert said in flat
            assert "1 October 2026" in flat
            assert f"{SITE}/subscribe/" in flat
            assert "If it was not you, do nothing. Nothing else will be sent" in flat

    def test_has_one_button_and_is_no_list(self) -> None:
        mail = question()
        (confirm,) = {link for link in links(plain(mail)) if "confirm" in link}
        assert confirm in rich(mail)
        assert mail["List-Unsubscribe"] is None
        assert mail["Auto-Submitted"] == "auto-generated"

    def test_holds_no_address_in_a_link(self) -> None:
        for link in links(plain(question())):
            assert "reader" not in link
            assert "%40" not in link
