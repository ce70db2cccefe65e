"""The subscriber's pages: a GET only asks, a POST acts, and no page or log tells who reads."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ledger.models import Delivery, Stop, Subscriber, Subscription
from ledger.post import outbox, subscriptions
from ledger.post.links import Ending, Purpose, ending, managing, token
from ledger.views import subscribing
from predictions.models import Speaker
from tests import factories
from tests.factories import noon
from tests.ledger.post.mail import links, plain, rich
from tests.smtp_sink import SmtpSink

DAY = date(2026, 10, 1)
READER = "reader@example.org"


@pytest.fixture
def ada() -> Speaker:
    return factories.prediction(said={"speaker": factories.speaker("Ada Byron")}).statement.speaker


def confirm_link(subscription: Subscription) -> str:
    return reverse("confirm", args=[token(subscription, Purpose.CONFIRM)])


def end_link(subscription: Subscription, what: Ending = Ending.SUBSCRIPTION, *value: object) -> str:
    if what == Ending.SUBSCRIPTION:
        value = (subscription.pk,)
    return urlsplit(ending(subscription.subscriber, what, *value)).path


def manage_link(subscription: Subscription) -> str:
    return urlsplit(managing(subscription.subscriber)).path


@pytest.mark.django_db
class TestAsking:
    def test_for_everything_or_for_one_speaker(self, client: Client, ada: Speaker) -> None:
        for about in ("everything", f"speaker:{ada.slug}"):
            answer = client.post("/subscribe/", {"email": READER, "about": about})
            assert (answer.status_code, answer["Location"]) == (302, "/subscribe/asked/")
        assert set(Subscription.objects.values_list("speaker", flat=True)) == {None, ada.pk}
        assert Delivery.objects.count() == 2
        assert "Look into your mailbox" in client.get("/subscribe/asked/").content.decode()

    def test_answers_the_same_whether_the_address_is_known_or_not(self, client: Client) -> None:
        factories.subscription(READER)
        known = client.post("/subscribe/", {"email": READER})
        unknown = client.post("/subscribe/", {"email": "nobody@example.org"})
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert known.content == unknown.content

    def test_from_a_speakers_page_has_the_speaker_chosen(self, client: Client, ada: Speaker) -> None:
        page = client.get(f"/subscribe/?speaker={ada.slug}").content.decode()
        assert f'<option value="speaker:{ada.slug}" selected>Ada Byron' in page

    def test_a_prediction_s_page_offers_the_prediction_and_who_said_it(
        self, client: Client, ada: Speaker
    ) -> None:
        prediction = factories.prediction("in ten years", said={"speaker": ada})
        page = client.get(prediction.get_absolute_url()).content.decode()
        offered = [f"/subscribe/?prediction={prediction.pk}", f"/subscribe/?speaker={ada.slug}"]
        assert all(f'href="{address}"' in page for address in offered)

    @pytest.mark.parametrize("kind", ["topic", "source", "prediction", "words"])
    def test_from_any_page_has_what_it_is_about_chosen(self, client: Client, kind: str) -> None:
        prediction = factories.prediction(topics=["Energy"])
        name = {
            "topic": "energy",
            "source": str(prediction.statement.source.pk),
            "prediction": str(prediction.pk),
            "words": "fusion power",
        }[kind]
        page = client.get(f"/subscribe/?{kind}={name}").content.decode()
        assert (f'value="{kind}:{name}" selected' if kind != "words" else f'value="{name}"') in page
        given = {"email": READER} | ({"words": name} if kind == "words" else {"about": f"{kind}:{name}"})
        assert client.post("/subscribe/", given).status_code == 302
        subscription = Subscription.objects.get()
        assert subscription.words == name if kind == "words" else str(subscription.chosen) in page

    @pytest.mark.parametrize("speaker", ["nobody", "<script>", "\x00", "x" * 5_000])
    def test_from_a_page_that_is_gone_has_nobody_chosen(
        self, client: Client, ada: Speaker, speaker: str
    ) -> None:
        answer = client.get("/subscribe/", {"speaker": speaker})
        assert answer.status_code == 200
        assert "selected" not in answer.content.decode()

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"email": ""}, "Give the address"),
            ({"email": "reader"}, "name@example.org"),
            ({"email": "a@b\r\nBcc: c@example.org"}, "name@example.org"),
            ({"email": f"{'x' * 300}@example.org"}, "254"),
            ({"email": "a\x00b@example.org"}, "Null characters"),
            ({"email": READER, "about": "speaker:nobody"}, "Choose one from the list"),
            ({"email": READER, "words": "locked: HTTPS://evil.example"}, "no address"),
            ({"email": READER, "words": "WWW.evil.example"}, "no address"),
            ({"email": READER, "words": "write to me@evil.example"}, "no address"),
            ({"email": READER, "words": "log in at evil.example now"}, "no address"),
            ({"email": READER, "words": "EVIL.EXAMPLE"}, "no address"),
            ({"email": READER, "words": "evil.example/login"}, "no address"),
            ({"email": READER, "words": "evil。example"}, "no address"),
            ({"email": READER, "words": "evil．example"}, "no address"),  # noqa: RUF001
            ({"email": READER, "words": "evil\u200b.example"}, "no address"),
            ({"email": READER, "words": "例子.中国"}, "no address"),
            ({"email": READER, "words": "10.20.30.40/login"}, "no address"),
            ({"email": READER, "about": "source:99"}, "Choose one from the list"),
            ({"email": READER, "about": "everything:\x00"}, "Choose one from the list"),
            ({"email": READER, "about": "speaker:ada-byron", "words": "fusion"}, "Choose one: something"),
        ],
    )
    def test_with_a_mistake_says_so_beside_the_field(
        self, client: Client, ada: Speaker, given: dict[str, str], says: str
    ) -> None:
        answer = client.post("/subscribe/", given)
        assert answer.status_code == 422
        assert says in re.sub(r"\s+", " ", answer.content.decode())
        assert not Subscriber.objects.exists()

    @pytest.mark.parametrize(
        "words",
        ["fusion power", "GPT-4.5", "3.5 billion", "the U.S. economy", "v2.0.1", "核能。明年", "A. B. Smith"],
    )
    def test_takes_words_with_points_in_them(self, client: Client, words: str) -> None:
        assert client.post("/subscribe/", {"email": READER, "words": words}).status_code == 302

    def test_for_strangers_ends_after_ten_a_day_from_one_place(self, client: Client) -> None:
        for number in range(subscriptions.MOST_A_DAY_FROM_ONE):
            answer = client.post("/subscribe/", {"email": f"stranger{number}@example.org", "words": "locked"})
            assert answer.status_code == 302
        refused = client.post("/subscribe/", {"email": "another@example.org"})
        assert refused.status_code == 422
        assert "Too many subscriptions" in refused.content.decode()
        assert client.post("/subscribe/", {"email": READER}, REMOTE_ADDR="192.0.2.1").status_code == 302
        assert not Subscriber.objects.filter(email="another@example.org").exists()

    def test_is_refused_and_answered_in_the_language_that_the_address_names(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = client.get("/subscribe/?lang=zh-hant").content.decode()
        assert 'action="/subscribe/?lang=zh-hant"' in page
        asked = client.post("/subscribe/?lang=zh-hant", {"email": READER})
        assert asked["Location"] == "/subscribe/asked/?lang=zh-hant"
        assert Subscriber.objects.get().language == "zh-hant"
        monkeypatch.setattr(subscriptions, "MOST_A_DAY", 1)
        refused = client.post("/subscribe/?lang=zh-hant", {"email": "another@example.org"})
        assert refused.status_code == 422
        assert "今天的訂閱請求太多了" in refused.content.decode()

    def test_ends_for_all_after_so_many_in_a_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(subscriptions, "MOST_A_DAY", 2)
        for number in range(2):
            subscriptions.ask(f"{number}@example.org", None, at=noon(DAY), on=DAY, sender=f"place {number}")
        with pytest.raises(ValidationError, match="Too many"):
            subscriptions.ask(READER, None, at=noon(DAY), on=DAY, sender="a third")
        later = DAY + timedelta(days=1)
        assert subscriptions.ask(READER, None, at=noon(later), on=later, sender="a third").pk

    def test_needs_the_page_that_asks(self, ada: Speaker) -> None:
        elsewhere = Client(enforce_csrf_checks=True)
        assert elsewhere.post("/subscribe/", {"email": READER}).status_code == 403
        assert not Subscriber.objects.exists()


@pytest.mark.django_db
class TestChoosingAmongMany:
    @pytest.fixture(autouse=True)
    def _many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(subscribing, "MOST_LISTED", 3)
        for name in ("Ada Byron", "Ada Quint", "Bo Lind", "Cy Ng", "Di Ott"):
            factories.prediction(said={"speaker": factories.speaker(name)}, topics=["Energy"])

    def options(self, page: Any) -> list[str]:
        return re.findall(r'<option value="([^"]*)"', page.content.decode())

    def test_lists_nobody_before_a_name_is_looked_for(self, client: Client) -> None:
        page = client.get("/subscribe/")
        assert self.options(page) == ["everything"]
        assert "Find a speaker or a topic" in page.content.decode()

    def test_lists_who_is_called_so_and_chooses_the_first(self, client: Client) -> None:
        page = client.get("/subscribe/", {"named": "ada"})
        assert self.options(page) == ["everything", "speaker:ada-byron", "speaker:ada-quint"]
        assert '<option value="speaker:ada-byron" selected>' in page.content.decode()
        assert client.post("/subscribe/", {"email": READER, "about": "speaker:ada-quint"}).status_code == 302
        assert str(Subscription.objects.get().speaker) == "Ada Quint"

    def test_says_if_there_are_more_or_none(self, client: Client) -> None:
        page = client.get("/subscribe/", {"named": "n"})
        assert len(self.options(page)) == 1 + 3 + 1
        factories.prediction(said={"speaker": factories.speaker("Nan")})
        assert "More are called so" in client.get("/subscribe/", {"named": "n"}).content.decode()
        assert "is called “zzz”" in client.get("/subscribe/", {"named": "zzz"}).content.decode()

    def test_who_comes_from_a_speaker_s_page_has_the_speaker_chosen(self, client: Client) -> None:
        page = client.get("/subscribe/?speaker=di-ott").content.decode()
        assert '<option value="speaker:di-ott" selected>Di Ott' in page


@pytest.mark.django_db
class TestTheLanguage:
    CHINESE = {"lang": "zh-hant"}

    def question(self, client: Client, smtp_sink: SmtpSink, language: str, **given: str) -> EmailMessage:
        answer = client.post(f"/subscribe/?lang={language}", {"email": READER, **given})
        assert answer.status_code == 302
        outbox.send(at=lambda: datetime.now(UTC))
        return smtp_sink.messages[-1]

    def test_of_the_page_is_that_of_the_question_and_of_all_that_follows(
        self, client: Client, smtp_sink: SmtpSink, ada: Speaker
    ) -> None:
        mail = self.question(client, smtp_sink, "zh-hant", about=f"speaker:{ada.slug}")
        assert str(mail["Subject"]).strip().startswith("請確認訂閱：Ada Byron")
        assert "要收到以下通知嗎？Ada Byron 的預測" in plain(mail)
        assert '<html lang="zh-hant">' in rich(mail)
        (confirm,) = [address for address in links(plain(mail)) if "/confirm/" in address]
        assert confirm.endswith("?lang=zh-hant")
        at = urlsplit(confirm)
        assert "會收到" in client.post(f"{at.path}?{at.query}").content.decode()
        reader = Subscriber.objects.get()
        assert reader.language == "zh-hant"

    def test_is_not_changed_by_a_stranger_once_its_owner_follows_something(
        self, client: Client, smtp_sink: SmtpSink
    ) -> None:
        factories.subscription(READER)
        mail = self.question(client, smtp_sink, "zh-hant", words="fusion")
        assert str(mail["Subject"]).strip().startswith("Please confirm")
        assert Subscriber.objects.get().language == "en"

    def test_is_chosen_among_the_rest(self, client: Client) -> None:
        one = factories.subscription()
        given = {"rhythm": "daily", "hour": "8", "time_zone": "", "wanted": ["resolved"]}
        client.post(manage_link(one), given | {"language": "zh-hant"})
        one.subscriber.refresh_from_db()
        assert one.subscriber.language == "zh-hant"
        assert client.post(manage_link(one), given | {"language": "tlh"}).status_code == 422
        assert client.get(f"{manage_link(one)}export/").json()["language"] == "zh-hant"


@pytest.mark.django_db
class TestConfirming:
    @pytest.fixture
    def asked(self, ada: Speaker) -> Subscription:
        return subscriptions.ask(READER, ada, at=noon(DAY), on=DAY)

    def test_takes_a_post_for_mail_scanners_follow_every_link(
        self, client: Client, asked: Subscription
    ) -> None:
        at = confirm_link(asked)
        assert "Hear of predictions by Ada Byron?" in client.get(at).content.decode()
        assert not Subscription.objects.live().exists()
        assert "You will hear of predictions by Ada Byron" in client.post(at).content.decode()
        assert list(Subscription.objects.live()) == [asked]
        assert "You will hear of predictions by Ada Byron" in client.get(at).content.decode()
        assert "You will hear of predictions by Ada Byron" in client.post(at).content.decode()

    def test_what_was_ended_stays_so(self, client: Client, asked: Subscription) -> None:
        subscriptions.end(asked, at=noon(DAY))
        answer = client.post(confirm_link(asked))
        assert "was ended" in answer.content.decode()
        assert not Subscription.objects.live().exists()


@pytest.mark.django_db
class TestEnding:
    def test_one_takes_a_post_and_leaves_the_others(self, client: Client, ada: Speaker) -> None:
        one, other = factories.subscription(to=ada), factories.subscription()
        asks = client.get(end_link(one)).content.decode()
        assert "End mail about Ada Byron?" in asks
        assert "every prediction" in asks
        assert Subscription.objects.live().count() == 2
        done = client.post(end_link(one)).content.decode()
        assert "There will be no more: mail about Ada Byron" in done
        assert "You still follow: every prediction" in done
        assert list(Subscription.objects.live()) == [other]

    def test_all_takes_a_post_too(self, client: Client, ada: Speaker) -> None:
        one, _ = factories.subscription(to=ada), factories.subscription()
        assert "End all mail to you?" in client.get(end_link(one, Ending.ALL)).content.decode()
        assert Subscription.objects.live().count() == 2
        assert "no more: all mail to you" in client.post(end_link(one, Ending.ALL)).content.decode()
        assert not Subscription.objects.live().exists()

    def test_of_a_kind_or_of_a_prediction_leaves_the_rest(self, client: Client, ada: Speaker) -> None:
        one = factories.subscription()
        prediction = factories.prediction()
        for what, value in ((Ending.KIND, "approaching"), (Ending.PREDICTION, prediction.pk)):
            at = end_link(one, what, value)
            assert client.get(at).status_code == 200
            one.subscriber.refresh_from_db()
            assert not one.subscriber.silenced.exists()
            assert client.post(at).status_code == 200
        one.subscriber.refresh_from_db()
        assert one.subscriber.unwanted == ["approaching"]
        assert one.subscriber.silenced.get() == prediction
        assert Subscription.objects.live().exists()

    @pytest.mark.parametrize("what", list(Ending))
    def test_that_was_done_is_not_asked_for_again(self, client: Client, what: Ending) -> None:
        one = factories.subscription()
        value: dict[Ending, tuple[object, ...]] = {
            Ending.KIND: ("fell_due",),
            Ending.PREDICTION: (factories.prediction().pk,),
        }
        at = end_link(one, what, *value.get(what, ()))
        assert "<h1>End " in client.get(at).content.decode()
        client.post(at)
        again = client.get(at).content.decode()
        assert "There will be no more" in again
        assert "<h1>End " not in again

    @pytest.mark.parametrize("what", [Ending.SUBSCRIPTION, Ending.ALL])
    def test_by_a_mail_program_needs_no_cookie_and_gets_no_redirect(self, what: Ending) -> None:
        subscription = factories.subscription()
        program = Client(enforce_csrf_checks=True)
        for _ in range(2):
            answer = program.post(end_link(subscription, what), {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
            assert not answer.cookies
        assert not Subscription.objects.live().exists()

    @pytest.mark.parametrize(
        ("what", "value"),
        [("kind", "confirm"), ("kind", "x"), ("prediction", "9"), ("x", "1"), ("subscription", "9")],
    )
    def test_what_there_is_not_leads_to_a_page_that_says_so(
        self, client: Client, what: str, value: str
    ) -> None:
        signed = token(factories.subscription().subscriber, Purpose.END)
        for method in (client.get, client.post):
            assert method(reverse("unsubscribe", args=[signed, what, value])).status_code == 404
        assert Subscription.objects.live().exists()

    def test_somebody_elses_subscription_is_out_of_reach(self, client: Client) -> None:
        mine, theirs = factories.subscription(), factories.subscription("other@example.org")
        signed = token(mine.subscriber, Purpose.END)
        assert (
            client.post(reverse("unsubscribe", args=[signed, "subscription", theirs.pk])).status_code == 404
        )
        assert Subscription.objects.live().count() == 2


@pytest.mark.django_db
class TestManaging:
    def test_shows_what_is_followed_and_saves_what_is_chosen(self, client: Client, ada: Speaker) -> None:
        one = factories.subscription(to=ada)
        page = client.get(manage_link(one)).content.decode()
        assert "Ada Byron" in page
        assert end_link(one) in page
        given = {"rhythm": "weekly", "hour": "6", "time_zone": "Asia/Taipei", "wanted": ["fell_due"]}
        answer = client.post(manage_link(one), given, follow=True)
        assert "Saved." in answer.content.decode()
        reader = one.subscriber
        reader.refresh_from_db()
        assert (reader.rhythm, reader.hour, str(reader.zone)) == ("weekly", 6, "Asia/Taipei")
        assert reader.unwanted == ["approaching", "corrected", "intended", "resolved", "retracted"]

    @pytest.mark.parametrize(
        "wrong", [{"rhythm": "hourly"}, {"hour": "24"}, {"time_zone": "../etc"}, {"wanted": ["confirm"]}]
    )
    def test_with_a_mistake_says_so_and_saves_nothing(self, client: Client, wrong: dict[str, Any]) -> None:
        one = factories.subscription()
        given = {"rhythm": "daily", "hour": "6", "time_zone": "", "wanted": []} | wrong
        answer = client.post(manage_link(one), given)
        assert answer.status_code == 422
        assert 'class="wrong"' in answer.content.decode()
        one.subscriber.refresh_from_db()
        assert one.subscriber.rhythm == "at_once"

    def test_gives_all_that_is_kept_and_erases_it(self, client: Client) -> None:
        one = factories.subscription()
        file = client.get(f"{manage_link(one)}export/")
        assert file.json()["address"] == READER
        assert "attachment" in file["Content-Disposition"]
        assert "Nobody can bring it back" in client.get(f"{manage_link(one)}erase/").content.decode()
        assert Subscriber.objects.exists()
        assert "It is erased" in client.post(f"{manage_link(one)}erase/").content.decode()
        assert not Subscriber.objects.exists()
        assert client.get(manage_link(one)).status_code == 404

    @pytest.mark.parametrize(("language", "says"), [("en", Stop.UNREACHABLE), ("zh-hant", "信箱不收信。")])
    def test_says_why_nothing_comes_any_more(self, client: Client, language: str, says: str) -> None:
        one = factories.subscription()
        subscriptions.stop(READER, Stop.UNREACHABLE, at=noon(DAY))
        page = client.get(f"{manage_link(one)}?lang={language}").content.decode()
        assert f">{says}" in page
        assert (Stop.UNREACHABLE in page) == (language == "en")

    def test_hears_again_of_what_was_silenced(self, client: Client) -> None:
        one = factories.subscription()
        one.subscriber.silenced.add(factories.prediction())
        assert client.get(f"{manage_link(one)}hear-again/").status_code == 405
        again = f"{manage_link(one)}hear-again/?lang=zh-hant"
        assert again in client.get(f"{manage_link(one)}?lang=zh-hant").content.decode()
        assert client.post(again)["Location"] == f"{manage_link(one)}?lang=zh-hant"
        assert not one.subscriber.silenced.exists()


@pytest.mark.django_db
class TestALinkThatIsNotOurs:
    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("forged", ["x", "MQ.x", "..", "%00", "💥", "a" * 3_000])
    @pytest.mark.parametrize(
        ("name", "rest"), [("confirm", []), ("unsubscribe", ["all"]), ("manage", []), ("erase_mail", [])]
    )
    def test_leads_to_a_page_that_says_what_to_do(
        self, client: Client, name: str, rest: list[str], forged: str, method: str
    ) -> None:
        factories.subscription()
        answer = getattr(client, method)(reverse(name, args=[forged, *rest]))
        assert answer.status_code == 404
        assert "Copy the whole address" in answer.content.decode()
        assert Subscription.objects.live().count() == 1

    def test_nor_does_one_for_another_purpose(self, client: Client) -> None:
        subscription = factories.subscription()
        ends = token(subscription.subscriber, Purpose.END)
        assert client.get(reverse("manage", args=[ends])).status_code == 404
        confirms = token(subscription, Purpose.CONFIRM)
        assert client.post(reverse("unsubscribe", args=[confirms, "all"])).status_code == 404
        assert Subscription.objects.live().count() == 1


@pytest.mark.django_db
def test_no_page_and_no_log_holds_an_address(
    client: Client, ada: Speaker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.post("/subscribe/", {"email": READER, "about": f"speaker:{ada.slug}"})
    client.post("/subscribe/", {"email": READER, "about": "speaker:nobody"})
    subscription = Subscription.objects.get()
    pages = [
        client.get("/subscribe/asked/"),
        client.get(confirm_link(subscription)),
        client.post(confirm_link(subscription)),
        client.get(manage_link(subscription)),
        client.get(end_link(subscription)),
        client.post(end_link(subscription, Ending.ALL)),
    ]
    for page in pages:
        assert READER not in page.content.decode()
        assert page.request["PATH_INFO"].isascii()
    for page in pages[1:]:
        assert "no-store" in page["Cache-Control"]
        assert "noindex" in page.content.decode()
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("ledger", "django"))]
    assert READER not in "".join(ours)


@pytest.mark.django_db(transaction=True)
def test_from_the_form_to_the_last_click_in_a_browser_without_javascript(
    new_page: object, live_server: LiveServer, smtp_sink: SmtpSink
) -> None:
    ada = factories.prediction(said={"speaker": factories.speaker("Ada Byron")}).statement.speaker
    page: Page = new_page(java_script_enabled=False)  # type: ignore[operator]
    page.goto(f"/subscribe/?speaker={ada.slug}")
    page.get_by_label("Your e-mail address").fill("not an address")
    page.get_by_role("button", name="Ask my mailbox").click()
    expect(page.get_by_text("This is no e-mail address")).to_be_visible()
    expect(page.get_by_label("Tell me about")).to_have_value(f"speaker:{ada.slug}")
    page.get_by_label("Your e-mail address").fill(READER)
    page.get_by_role("button", name="Ask my mailbox").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")

    asked = Delivery.objects.get()
    assert outbox.send(at=lambda: asked.owed_at) == 1
    (mail,) = smtp_sink.messages
    (confirm,) = [address for address in links(plain(mail)) if "/confirm/" in address]
    page.goto(confirm)
    page.get_by_role("button", name="Yes, tell me").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You will hear of predictions by Ada Byron")
    subscription = Subscription.objects.live().get()

    page.get_by_role("link", name="Choose what of it you get").click()
    page.get_by_label("once a day").check()
    page.get_by_label("On the clock of").select_option("Pacific/Kiritimati")
    page.get_by_label("verdicts", exact=True).uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    reader = Subscriber.objects.get()
    assert (reader.rhythm, reader.time_zone) == ("daily", "Pacific/Kiritimati")
    assert reader.unwanted == ["resolved"]
    page.get_by_role("link", name="End mail about Ada Byron").click()
    page.get_by_role("button", name="End mail about Ada Byron").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("There will be no more: mail about Ada Byron")
    assert subscription.pk
    assert not Subscription.objects.live().exists()
