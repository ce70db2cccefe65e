"""What reviewers do beside signing: take and leave, look again, undo, name themselves; and what the blind must not see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ledger import due, queue
from ledger.house_rules import HouseRules
from ledger.judging import leases, objections, postponing
from ledger.log import sealing
from ledger.models import Ballot, Event, Evidence, Lease, Resolution, Stake
from predictions.models import Deadline, Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
DESK = "/admin/ledger/desk/"
TODAY = timezone.localdate()
DAY = date(2026, 12, 1)


def waiting(**kwargs: Any) -> Prediction:
    entry = factories.prediction("in one month", **kwargs)
    due.flag_due(on=TODAY, at=noon(TODAY))
    return entry


def seated(handle: str) -> tuple[Client, User]:
    user = factories.reviewer(handle, is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user)
    return client, user


class TestLeases:
    def test_one_holds_it_until_the_lease_ends(self) -> None:
        entry, one, two = waiting(), factories.reviewer(), factories.reviewer()
        assert leases.take(entry, by=one, at=noon(DAY))
        assert not leases.take(entry, by=two, at=noon(DAY))
        assert leases.take_next(queue.waiting(DAY), by=two, at=noon(DAY)) is None
        assert leases.take(entry, by=two, at=noon(DAY) + leases.TERM)
        assert Lease.objects.get().holder == two

    def test_the_holder_may_hold_longer_or_leave_it(self) -> None:
        entry, one, two = waiting(), factories.reviewer(), factories.reviewer()
        for minutes in (0, 10):
            assert leases.take(entry, by=one, at=noon(DAY) + timedelta(minutes=minutes))
        leases.release(entry, by=two)
        assert Lease.objects.get().held_until == noon(DAY) + timedelta(minutes=10) + leases.TERM
        leases.release(entry, by=one)
        assert leases.take_next(queue.waiting(DAY), by=two, at=noon(DAY)) == entry

    def test_who_comes_while_another_takes_it_and_leaves_is_told_no(self) -> None:
        entry, one, two = waiting(), factories.reviewer(), factories.reviewer()
        passed_by: list[User] = []

        def comes_and_goes(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if "ledger_lease" not in sql or not sql.startswith("INSERT") or passed_by:
                return execute(sql, *rest)
            passed_by.append(one)
            assert leases.take(entry, by=one, at=noon(DAY))
            try:
                return execute(sql, *rest)
            finally:
                leases.release(entry, by=one)

        with connection.execute_wrapper(comes_and_goes):
            assert not leases.take(entry, by=two, at=noon(DAY))
        assert passed_by == [one]
        assert leases.take(entry, by=two, at=noon(DAY))

    def test_the_desk_narrows_to_what_one_took_and_to_what_nobody_did(self) -> None:
        client, _ = seated("quill")
        first, second = waiting(claim="The first."), waiting(claim="The second.")
        assert client.post(f"{DESK}next/").headers["Location"].endswith(f"/{first.pk}/")
        for whose, found in (("mine", first), ("free", second)):
            entries = client.get(DESK, {"whose": whose}).context["entries"]
            assert [entry.prediction for entry in entries] == [found]
        client.post(f"{DESK}{first.pk}/take/")
        assert not Lease.objects.exists()

    def test_and_to_what_a_colleague_took_who_is_named_by_their_handle(self) -> None:
        (client, user), (_, colleague) = seated("quill"), seated("vellum")
        taken, mine, _ = waiting(), waiting(), waiting()
        leases.take(taken, by=colleague, at=datetime.now(UTC))
        leases.take(mine, by=user, at=datetime.now(UTC))
        page = client.get(DESK, {"whose": colleague.pk})
        assert [entry.prediction for entry in page.context["entries"]] == [taken]
        assert f'<option value="{colleague.pk}" selected>vellum</option>' in page.content.decode()
        assert ">quill</option>" not in page.content.decode()
        leases.release(taken, by=colleague)
        assert not client.get(DESK, {"whose": colleague.pk}).context["entries"]
        assert len(client.get(DESK, {"whose": "nobody-there"}).context["entries"]) == 3

    def test_the_queue_is_narrowed_to_a_topic(self) -> None:
        client, _ = seated("quill")
        entry = waiting(topics=["Cars"])
        waiting(topics=["Boats"])
        topic = entry.topics.get()
        entries = client.get(DESK, {"topic": topic.pk}).context["entries"]
        assert [entry.prediction for entry in entries] == [entry]


class TestLookingAgain:
    def test_it_rests_until_the_day_and_its_deadline_stays(self) -> None:
        entry = waiting()
        deadline = Deadline.objects.get().last_day
        later = DAY + timedelta(days=30)
        postponing.look_again(entry, day=later, reason="No report yet.", at=noon(DAY), on=DAY)
        assert not queue.waiting(later - timedelta(days=1)).exists()
        assert queue.resting(DAY).get() == entry
        assert queue.waiting(later).get() == entry
        assert Deadline.objects.get().last_day == deadline
        postponing.look_again(entry, day=DAY, reason="It came early.", at=noon(DAY), on=DAY)
        assert queue.waiting(DAY).get() == entry

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"reason": " "}, "why"),
            ({"day": DAY - timedelta(days=1)}, "over"),
            ({"day": date.max}, "two years"),
            ({"day": DAY + timedelta(days=732)}, "two years"),
        ],
    )
    def test_a_day_to_come_and_a_reason_are_needed(self, given: dict[str, Any], says: str) -> None:
        asked = {"day": DAY, "reason": "No report yet.", **given}
        with pytest.raises(ValidationError, match=says):
            postponing.look_again(waiting(), **asked, at=noon(DAY), on=DAY)
        assert not Event.objects.filter(kind="look_again").exists()

    def test_what_is_settled_does_not_rest(self) -> None:
        entry = waiting()
        factories.verdict(entry, "no", on=DAY)
        with pytest.raises(ValidationError, match="settled"):
            postponing.look_again(entry, day=DAY, reason="Why not.", at=noon(DAY), on=DAY)

    def test_what_cannot_be_known_yet_does_not_wait(self) -> None:
        entry = waiting(knowable_from=DAY)
        assert not queue.waiting(DAY - timedelta(days=1)).exists()
        assert queue.resting(DAY - timedelta(days=1)).get() == entry
        assert queue.waiting(DAY).get() == entry

    def test_the_public_page_says_so(self, client: Client) -> None:
        entry, later = waiting(), TODAY + timedelta(days=9)
        postponing.look_again(entry, day=later, reason="No report yet.", at=noon(TODAY), on=TODAY)
        assert "No report yet." in client.get(entry.get_absolute_url()).content.decode()


SECRET = "Only the first of two knows this"


@pytest.fixture
def sealed(settings: Settings) -> Ballot:
    settings.REVIEWERS, settings.NOTICE_HOURS = 2, 48
    entry = waiting(by=factories.reviewer("scribe"))
    return factories.ballot(
        entry, "cannot_tell", on=TODAY, by=factories.reviewer("quill"), note=SECRET, looked_until=TODAY
    )


def test_nobody_sees_a_sealed_verdict_anywhere(sealed: Ballot) -> None:
    client, _ = seated("vellum")
    entry = sealed.prediction
    pages = [
        entry.get_absolute_url(),
        entry.statement.speaker.get_absolute_url(),
        "/",
        f"/api/v1/predictions/{entry.pk}/",
        "/api/v1/predictions/",
        "/api/v1/log/",
        *(f"/api/v1/log/leaves/{leaf}/" for leaf in range(sealing.seal(at=noon(TODAY)))),
        f"/log/predictions/{entry.pk}/",
        f"/predictions/{entry.pk}/embed/",
        "/feeds/due.atom",
        "/feeds/resolved.atom",
        "/feeds/corrected.atom",
        "/due.ics",
        "/corrections/",
        "/search/?q=thing",
        DESK,
        f"{DESK}{entry.pk}/",
        "/admin/",
        "/admin/ledger/event/",
        "/admin/ledger/evidence/",
        "/admin/ledger/resolution/",
        *(f"/admin/ledger/event/{event.pk}/change/" for event in entry.events.all()),
    ]
    for address in pages:
        shown = client.get(address)
        assert shown.status_code == 200, address
        words = shown.content.decode()
        assert SECRET not in words, address
        assert sealed.salt not in words, address
        assert "https://example.org/evidence" not in words, address
    assert not Evidence.objects.exists()
    row = client.get(f"/api/v1/predictions/{entry.pk}/").json()
    assert row["ballots"][0]["commitment"] == sealed.commitment
    assert row["ballots"][0]["opened"] is None
    factories.ballot(entry, "cannot_tell", on=TODAY, by=User.objects.get(reviewer__handle="vellum"))
    row = client.get(f"/api/v1/predictions/{entry.pk}/").json()
    assert row["ballots"][0]["opened"]["content"]["note"] == SECRET
    assert row["standing"]["state"] == "settled"


def test_its_author_sees_it_and_undoes_it_at_the_desk(sealed: Ballot) -> None:
    client = Client()
    author = User.objects.get(reviewer__handle="quill")
    author.is_staff = author.is_superuser = True
    author.save()
    client.force_login(author)
    assert "Your verdict is sealed" in client.get(f"{DESK}{sealed.prediction_id}/").content.decode()
    client.post(f"{DESK}{sealed.prediction_id}/undo/")
    assert not Ballot.objects.sealed().exists()


def test_once_a_second_is_in_neither_is_offered_to_be_taken_back(sealed: Ballot) -> None:
    client, user = seated("vellum")
    page = f"{DESK}{sealed.prediction_id}/"
    factories.ballot(sealed.prediction, "no", on=TODAY, by=user, looked_until=TODAY)
    shown = client.get(page).content.decode()
    assert "a third decides" in shown
    assert "data-undo" not in shown
    assert "a third decides" in client.post(f"{page}undo/", follow=True).content.decode()
    assert Ballot.objects.sealed().count() == 2


def test_where_two_differ_everybody_is_told_that_a_third_decides_and_nothing_else(
    sealed: Ballot, client: Client
) -> None:
    entry, (third, _), (logger, logged_it) = sealed.prediction, seated("third"), seated("logs-it")
    public, page = entry.get_absolute_url(), f"{DESK}{entry.pk}/"
    assert "One blind verdict is sealed" in client.get(public).content.decode()
    assert "differ" not in third.get(DESK).content.decode()
    factories.ballot(entry, "no", on=TODAY, by=factories.reviewer(), looked_until=TODAY, note=SECRET)
    Stake.objects.create(holder=logged_it, prediction=entry, declared_at=noon(DAY))
    for reader, address in ((client, public), (third, DESK), (third, page), (logger, page)):
        shown = reader.get(address).content.decode()
        assert "differ: a third decides" in shown or "You are the third" in shown, address
        assert SECRET not in shown


def test_whoever_logged_it_is_not_offered_to_stop_a_verdict_of_two(sealed: Ballot) -> None:
    entry, (client, logger) = sealed.prediction, seated("logs-it")
    mine = waiting(by=logger)
    for about in (entry, mine):
        by = [factories.reviewer() for _ in range(2 if about is mine else 1)]
        for other in by:
            factories.ballot(about, "cannot_tell", on=TODAY, by=other, rules=HouseRules(2, 48))
    assert "data-undo" in client.get(f"{DESK}{entry.pk}/").content.decode()
    shown = client.get(f"{DESK}{mine.pk}/").content.decode()
    assert "You logged this" in shown
    assert "data-undo" not in shown
    assert "data-again" not in shown
    client.post(f"{DESK}{mine.pk}/undo/", {"reason": "Not so."})
    client.post(f"{DESK}{mine.pk}/again/", {"again-until": TODAY.isoformat(), "again-reason": "Later."})
    assert not Event.objects.filter(kind__in=("retracted", "look_again")).exists()


def test_a_verdict_whose_notice_is_over_is_shown_as_final_and_another_can_be_signed(
    sealed: Ballot,
) -> None:
    client, _ = seated("vellum")
    before = TODAY - timedelta(days=3)
    entry = waiting()
    for _ in range(2):
        factories.ballot(entry, "cannot_tell", on=before, by=factories.reviewer(), rules=HouseRules(2, 48))
    shown = client.get(f"{DESK}{entry.pk}/").content.decode()
    assert "Its notice is over" in shown
    assert "data-undo" not in shown
    assert 'id="verdict"' in shown


def test_an_announced_verdict_is_taken_back_with_a_reason(settings: Settings, admin_client: Client) -> None:
    settings.NOTICE_HOURS = 48
    entry = waiting()
    factories.verdict(entry, "no", on=TODAY, rules=HouseRules(1, 48))
    admin_client.post(f"{DESK}{entry.pk}/undo/", {"reason": ""})
    assert not Event.objects.filter(kind="retracted").exists()
    admin_client.post(f"{DESK}{entry.pk}/undo/", {"reason": "The wrong bridge."})
    assert Event.objects.get(kind="retracted").reason == "The wrong bridge."


class TestYou:
    def test_a_handle_is_chosen_once(self, admin_client: Client) -> None:
        factories.reviewer("quill")
        for wrong in ("", "Upper", "a b", "-x", "quill", "x"):
            assert admin_client.post(f"{DESK}you/", {"handle": wrong}).status_code == 422
        admin_client.post(f"{DESK}you/", {"handle": "vellum-2"})
        assert User.objects.get(username="admin").reviewer.handle == "vellum-2"
        admin_client.post(f"{DESK}you/", {"handle": "other"})
        assert User.objects.get(username="admin").reviewer.handle == "vellum-2"

    def test_a_stake_is_declared_in_one_thing_and_ended(self, admin_client: Client) -> None:
        ada, entry = factories.speaker("Ada"), waiting()
        for wrong in (
            {"speaker": ""},
            {"prediction_id": "999999"},
            {"speaker": ada.pk, "prediction_id": entry.pk},
        ):
            assert admin_client.post(f"{DESK}you/", {"topic": "", **wrong}).status_code == 422
        admin_client.post(f"{DESK}you/", {"speaker": ada.pk, "topic": "", "prediction_id": ""})
        stake = Stake.objects.get()
        assert stake.speaker == ada
        admin_client.post(f"{DESK}you/stakes/{stake.pk}/end/")
        assert not Stake.objects.live().exists()


@pytest.mark.parametrize(
    ("one", "other", "cannot"),
    [
        (("yes", date(2026, 3, 1)), ("no", None), True),
        (("yes", date(2026, 3, 1)), ("yes", date(2026, 3, 1)), False),
        (("yes", date(2026, 3, 1)), ("yes", date(2026, 4, 1)), True),
        (("no", None), ("no", None), False),
        (("cannot_tell", None), ("yes", date(2026, 3, 1)), False),
    ],
)
def test_two_verdicts_on_one_event_may_contradict(one: Any, other: Any, *, cannot: bool) -> None:
    verdicts = [
        Resolution(happened=happened, happened_on=on, looked_until=DAY) for happened, on in (one, other)
    ]
    assert objections.contradict(verdicts[0], verdicts[1]) is cannot
    assert objections.contradict(verdicts[1], verdicts[0]) is cannot


def test_the_reviewer_is_warned_that_both_cannot_hold(admin_client: Client) -> None:
    first = waiting()
    again = waiting(says_again=first, said={"speaker": first.statement.speaker})
    factories.verdict(first, "yes", on=TODAY, happened_on=date(2025, 10, 20))
    typed = {"happened": "no", "looked_until": TODAY.isoformat(), "note": "Nothing."}
    assert "Both cannot hold" in admin_client.post(f"{DESK}{again.pk}/preview/", typed).json()["html"]
    agreeing = {**typed, "happened": "yes", "happened_on": "2025-10-20"}
    assert "Both cannot hold" not in admin_client.post(f"{DESK}{again.pk}/preview/", agreeing).json()["html"]


def test_a_reading_is_put_beside_the_first_and_none_beside_what_was_withdrawn(admin_client: Client) -> None:
    entry = waiting()
    change = f"/admin/predictions/prediction/{entry.pk}/change/"
    assert f"{DESK}{entry.pk}/reading/" in admin_client.get(change).content.decode()
    typed = {"event": "He meant fiscal years.", "event_day": "2025-10-01", "phrase": "in three months"}
    assert admin_client.post(f"{DESK}{entry.pk}/reading/", {**typed, "event": ""}).status_code == 422
    assert admin_client.post(f"{DESK}{entry.pk}/reading/", typed).status_code == 302
    first, second = entry.deadlines.order_by("ordinal")
    assert (str(first), str(second), second.reason) == ("2025-11-01", "2026-01-01", "He meant fiscal years.")
    admin_client.post(f"{DESK}{entry.pk}/withdraw/", {"reason": "A wrong quote."})
    page = admin_client.get(change).content.decode()
    assert "reading/" not in page.replace("/prediction/reading/", "")
    assert "Date it from an event" not in page
