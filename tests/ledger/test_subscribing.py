"""The subscriber's pages: a GET only asks, a POST acts, and no page or log tells who reads."""

from __future__ import annotations

import logging
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ledger import outbox, subscriptions
from ledger.links import Purpose, token
from ledger.models import Delivery, Subscriber, Subscription
from predictions.models import Speaker
from tests import factories
from tests.factories import noon
from tests.ledger.mail import links, plain
from tests.smtp_sink import SmtpSink

DAY = date(2026, 10, 1)
READER = "reader@example.org"


@pytest.fixture
def ada() -> Speaker:
    return factories.prediction(said={"speaker": factories.speaker("Ada Byron")}).statement.speaker


def link(name: str, subscription: Subscription, purpose: Purpose = Purpose.END) -> str:
    return reverse(name, args=[token(subscription, purpose)])


@pytest.mark.django_db
class TestAsking:
    def test_for_everything_or_for_one_speaker(self, client: Client, ada: Speaker) -> None:
        for speaker in ("", ada.slug):
            answer = client.post("/subscribe/", {"email": READER, "speaker": speaker})
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
        assert f'<option value="{ada.slug}" selected>Ada Byron' in page

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
            ({"email": READER, "speaker": "nobody"}, "Choose one from the list"),
        ],
    )
    def test_with_a_mistake_says_so_beside_the_field(
        self, client: Client, ada: Speaker, given: dict[str, str], says: str
    ) -> None:
        answer = client.post("/subscribe/", given)
        assert answer.status_code == 422
        assert says in re.sub(r"\s+", " ", answer.content.decode())
        assert not Subscriber.objects.exists()

    def test_needs_the_page_that_asks(self, ada: Speaker) -> None:
        elsewhere = Client(enforce_csrf_checks=True)
        assert elsewhere.post("/subscribe/", {"email": READER}).status_code == 403
        assert not Subscriber.objects.exists()


@pytest.mark.django_db
class TestConfirming:
    @pytest.fixture
    def asked(self, ada: Speaker) -> Subscription:
        return subscriptions.ask(READER, ada, at=noon(DAY), on=DAY)

    def test_takes_a_post_for_mail_scanners_follow_every_link(
        self, client: Client, asked: Subscription
    ) -> None:
        at = link("confirm", asked, Purpose.CONFIRM)
        assert "Hear when predictions by Ada Byron fall due?" in client.get(at).content.decode()
        assert not Subscription.objects.live().exists()
        assert "You will hear" in client.post(at).content.decode()
        assert list(Subscription.objects.live()) == [asked]
        assert "You will hear" in client.get(at).content.decode()
        assert "You will hear" in client.post(at).content.decode()

    def test_what_was_ended_stays_so(self, client: Client, asked: Subscription) -> None:
        subscriptions.end(asked, at=noon(DAY))
        answer = client.post(link("confirm", asked, Purpose.CONFIRM))
        assert "was ended" in answer.content.decode()
        assert not Subscription.objects.live().exists()


@pytest.mark.django_db
class TestEnding:
    def test_one_takes_a_post_and_leaves_the_others(self, client: Client, ada: Speaker) -> None:
        one, other = factories.subscription(to=ada), factories.subscription()
        asks = client.get(link("unsubscribe", one)).content.decode()
        assert "End mail about Ada Byron?" in asks
        assert "every prediction" in asks
        assert Subscription.objects.live().count() == 2
        done = client.post(link("unsubscribe", one)).content.decode()
        assert "Mail about Ada Byron has ended" in done
        assert "You still follow every prediction" in done
        assert list(Subscription.objects.live()) == [other]

    def test_all_takes_a_post_too(self, client: Client, ada: Speaker) -> None:
        one, _ = factories.subscription(to=ada), factories.subscription()
        assert "End all mail to you?" in client.get(link("unsubscribe_all", one)).content.decode()
        assert Subscription.objects.live().count() == 2
        assert "All mail to you has ended" in client.post(link("unsubscribe_all", one)).content.decode()
        assert not Subscription.objects.live().exists()

    @pytest.mark.parametrize("name", ["unsubscribe", "unsubscribe_all"])
    def test_by_a_mail_program_needs_no_cookie_and_gets_no_redirect(self, name: str) -> None:
        subscription = factories.subscription()
        program = Client(enforce_csrf_checks=True)
        for _ in range(2):
            answer = program.post(link(name, subscription), {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
            assert not answer.cookies
        assert not Subscription.objects.live().exists()

    def test_what_has_ended_says_so(self, client: Client) -> None:
        subscription = factories.subscription()
        subscriptions.end(subscription, at=noon(DAY))
        assert "has ended already" in client.get(link("unsubscribe", subscription)).content.decode()


@pytest.mark.django_db
class TestALinkThatIsNotOurs:
    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("forged", ["x", "MQ.x", "..", "%00", "💥", "a" * 3_000])
    @pytest.mark.parametrize("name", ["confirm", "unsubscribe", "unsubscribe_all"])
    def test_leads_to_a_page_that_says_what_to_do(
        self, client: Client, name: str, forged: str, method: str
    ) -> None:
        factories.subscription()
        answer = getattr(client, method)(reverse(name, args=[forged]))
        assert answer.status_code == 404
        assert "Copy the whole address" in answer.content.decode()
        assert Subscription.objects.live().count() == 1

    def test_nor_does_one_for_another_purpose(self, client: Client) -> None:
        subscription = factories.subscription()
        assert client.post(link("unsubscribe", subscription, Purpose.CONFIRM)).status_code == 404
        assert Subscription.objects.live().count() == 1


@pytest.mark.django_db
def test_no_page_and_no_log_holds_an_address(
    client: Client, ada: Speaker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.post("/subscribe/", {"email": READER, "speaker": ada.slug})
    client.post("/subscribe/", {"email": READER, "speaker": "nobody"})
    subscription = Subscription.objects.get()
    pages = [
        client.get("/subscribe/asked/"),
        client.get(link("confirm", subscription, Purpose.CONFIRM)),
        client.post(link("confirm", subscription, Purpose.CONFIRM)),
        client.get(link("unsubscribe", subscription)),
        client.post(link("unsubscribe_all", subscription)),
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
    expect(page.get_by_label("Tell me about")).to_have_value(ada.slug)
    page.get_by_label("Your e-mail address").fill(READER)
    page.get_by_role("button", name="Ask my mailbox").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")

    asked = Delivery.objects.get()
    assert outbox.send(at=lambda: asked.owed_at) == 1
    (mail,) = smtp_sink.messages
    (confirm,) = [address for address in links(plain(mail)) if "/confirm/" in address]
    page.goto(confirm)
    page.get_by_role("button", name="Yes, tell me").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("predictions by Ada Byron fall due")
    subscription = Subscription.objects.live().get()

    page.goto(link("unsubscribe", subscription))
    page.get_by_role("button", name="End mail about Ada Byron").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mail about Ada Byron has ended")
    assert not Subscription.objects.live().exists()
