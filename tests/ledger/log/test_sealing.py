"""Whatever is written gets its leaf, once, in order, and each size of the log is signed for."""

from __future__ import annotations

import json
import threading
from base64 import b64decode
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, connections, transaction

from ledger import due
from ledger.judging import withdrawal
from ledger.log import rows, sealing
from ledger.merkle.notes import Head, Key, Note, holds
from ledger.merkle.proofs import Kept, consistency, continues
from ledger.merkle.tree import Range, leaf_hash
from ledger.models import Checkpoint, Event, Leaf, Reviewer, Unsealed
from ledger.verifier.tables import COLUMNS, canonical
from predictions import ink
from predictions.horizons import read
from predictions.models import Deadline, Prediction, Source, Speaker, Topic
from tests import factories

DAY = date(2026, 3, 1)
AT = factories.noon(DAY)


def sealed() -> list[dict[str, Any]]:
    """What the log holds, the oldest first."""
    return [json.loads(leaf.content) for leaf in Leaf.objects.order_by("index")]


def places() -> list[tuple[str, int]]:
    return list(Leaf.objects.order_by("index").values_list("kind", "number"))


def assert_whole() -> None:
    """The log is what its leaves make it: numbers without a gap, hashes, checkpoints."""
    grown, roots = Range(), {}
    for number, leaf in enumerate(Leaf.objects.order_by("index")):
        assert leaf.index == number
        assert leaf.hash == leaf_hash(leaf.content.encode()).hex()
        assert leaf.subtree == grown.append(bytes.fromhex(leaf.hash)).hex()
        roots[number + 1] = grown.root()
    for checkpoint in Checkpoint.objects.all():
        note, key = Note.read(checkpoint.note), Key.read(checkpoint.key)
        signature = note.signed_with(key)
        assert signature
        assert holds(signature, key, note.text)
        assert Head.read(note.text) == Head(settings.LOG_ORIGIN, checkpoint.size, roots[checkpoint.size])
        assert b64decode(checkpoint.root) == roots[checkpoint.size]
    assert sum(Checkpoint.objects.filter(size=grown.size).values_list("size", flat=True)) == grown.size


@pytest.fixture
def about(db: None) -> Prediction:
    return factories.prediction(
        "in about a year",
        odds=0.7,
        topics=["Cars", "Money"],
        said={"quote": "It “is” there\nin about a year."},
    )


def test_a_prediction_is_sealed_with_all_that_was_frozen_with_it(about: Prediction) -> None:
    assert sealing.seal(AT) == 5
    statement = about.statement
    assert places() == [
        ("speaker", statement.speaker_id),
        ("source", statement.source_id),
        *(("topic", topic.pk) for topic in about.topics.all()),
        ("prediction", about.pk),
    ]
    leaf = sealed()[-1]
    assert (leaf["kind"], leaf["v"], leaf["prediction"]["id"]) == ("prediction", 1, about.pk)
    assert leaf["statement"]["quote"] == "It “is” there\nin about a year."
    assert leaf["statement"]["said_on"] == "2025-10-01"
    assert leaf["prediction"]["criteria"] == about.criteria
    deadline = about.deadline
    assert deadline is not None
    four = {
        name: getattr(deadline, name).isoformat() for name in ("earliest", "nominal", "last_day", "latest")
    }
    assert leaf["deadline"].items() >= four.items()
    assert leaf["deadline"]["rule"] == deadline.rule
    assert leaf["forecast"][0]["low"] == "0.7"
    assert leaf["speaker"]["name"] == statement.speaker.name
    assert [topic["name"] for topic in leaf["topic"]] == ["Cars", "Money"]


def test_what_became_of_it_is_sealed_after_it(about: Prediction) -> None:
    sealing.seal(AT)
    before = Leaf.objects.count()
    due.flag_due(on=date(2027, 1, 1), at=AT)
    verdict = factories.verdict(about, "no", on=date(2027, 1, 2), note="It is not there.")
    withdrawal.withdraw(about, reason="Another’s words.", at=AT)
    sealing.seal(AT)
    assert [(leaf["kind"], leaf.get("event", {}).get("kind")) for leaf in sealed()[before:]] == [
        ("event", "fell_due"),
        ("evidence", None),
        ("event", "resolved"),
        ("event", "withdrawn"),
    ]
    judged = sealed()[before + 2]
    assert judged["resolution"] == rows.row(verdict)
    assert judged["resolution"]["happened"] == "no"
    assert_whole()


def test_a_later_deadline_has_a_leaf_of_its_own(db: None) -> None:
    undated = factories.prediction("soon")
    dated = factories.prediction("in about a year")
    sealing.seal(AT)
    first = factories.dated(undated, date(2027, 1, 1), on=DAY)
    horizon = read("in two years", DAY)
    assert horizon
    again = Deadline.from_horizon(horizon, DAY)
    ink.read_anew(dated, again, reason="They meant years.", at=AT, on=DAY)
    sealing.seal(AT)
    assert places()[-2:] == [("deadline", first.pk), ("deadline", again.pk)]
    assert sealed()[-2]["deadline"]["last_day"] == "2027-01-01"


def test_nothing_is_sealed_twice_and_nothing_new_is_not_signed_for(about: Prediction) -> None:
    sealing.seal(AT)
    assert sealing.seal(AT) == 0
    assert (Checkpoint.objects.count(), Unsealed.objects.count()) == (1, 0)


def test_a_row_that_is_noted_again_holds_up_nothing(about: Prediction) -> None:
    sealing.seal(AT)
    before = Leaf.objects.count()
    Unsealed.objects.bulk_create(Unsealed(kind=kind, number=number) for kind, number in places())
    assert sealing.seal(AT) == 0
    assert not Unsealed.objects.exists()
    factories.prediction(said={"speaker": about.statement.speaker, "source": about.statement.source})
    assert sealing.seal(AT) == 1
    assert Leaf.objects.count() == before + 1


def test_without_a_leaf_there_is_no_checkpoint(db: None) -> None:
    assert sealing.seal(AT) == 0
    assert sealing.latest_checkpoint() is None


def test_cards_are_sealed_when_ink_names_them_and_when_they_are_corrected(about: Prediction) -> None:
    idle = factories.speaker("Never Quoted")
    sealing.seal(AT)
    who, count = about.statement.speaker, Leaf.objects.count()
    Speaker.objects.filter(pk__in=(who.pk, idle.pk)).update(note="Of note.")
    Source.objects.update(slug="another")
    Topic.objects.filter(name="Cars").update(name="Motor cars")
    sealing.seal(AT)
    assert [(leaf["kind"], leaf[leaf["kind"]].get("name")) for leaf in sealed()[count:]] == [
        ("speaker", who.name),
        ("source", None),
        ("topic", "Motor cars"),
    ]
    count += 3
    Speaker.objects.get(pk=who.pk).save()
    assert sealing.seal(AT) == 0, "saved as it was"
    factories.prediction(said={"speaker": who, "source": about.statement.source})
    sealing.seal(AT)
    assert [kind for kind, _ in places()[count:]] == ["prediction"]
    assert_whole()


def test_for_whom_somebody_speaks_is_sealed_by_name(db: None) -> None:
    company = factories.speaker("The Company", kind="organisation")
    person = factories.speaker("Ada Quint", organisation=company)
    factories.prediction(said={"speaker": person})
    sealing.seal(AT)
    assert ("speaker", company.pk) not in places()
    Speaker.objects.filter(pk=company.pk).update(name="The Firm")
    sealing.seal(AT)
    assert sealed()[-1]["speaker"]["organisation"] == "The Firm"
    company.delete()
    sealing.seal(AT)
    assert "organisation" not in sealed()[-1]["speaker"]


def test_nobody_s_login_or_address_is_sealed(db: None, world: dict[str, Prediction]) -> None:
    sealing.seal(AT)
    everything = "".join(leaf.content for leaf in Leaf.objects.all())
    assert "root-with" not in everything
    assert "editor@" not in everything


def test_whoever_wrote_it_stands_there_by_the_handle_they_had_then(db: None, django_user_model: Any) -> None:
    editor = factories.reviewer("ada", first_name="Augusta", last_name="King")
    factories.prediction(by=editor)
    sealing.seal(AT)
    assert sealed()[-1]["by"] == "ada"
    newcomer = django_user_model.objects.create_user("login-of-babbage")
    Reviewer.objects.create(user=newcomer, handle="babbage", chosen_at=AT + timedelta(days=9_999))
    factories.prediction(by=newcomer)
    sealing.seal(AT)
    assert "by" not in sealed()[-1]


@pytest.mark.parametrize("model", rows.SECTIONS, ids=lambda model: model.__name__)
def test_every_field_is_sealed_or_left_out_on_purpose(model: type[Prediction]) -> None:
    sealed_ones = set(COLUMNS[rows.SECTIONS[model]].split()) - {"topics", "transcripts"}
    left_out = set(rows.LEFT_OUT.get(model, "").split())
    own = {field.name for field in model._meta.concrete_fields}
    assert (sealed_ones | left_out, sealed_ones & left_out) == (own, set())


def test_canonical_bytes_are_the_same_for_the_same_content() -> None:
    assert canonical({"b": [1, "é“\u2028"], "a": None}) == '{"a":null,"b":[1,"é“\u2028"]}'.encode()


def test_tens_of_thousands_at_once_are_sealed_batch_by_batch(
    about: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    Event.objects.bulk_create(
        Event(
            kind="look_again",
            prediction=about,
            happened_at=AT,
            recorded_at=AT,
            until=AT.date(),
            reason=str(n),
        )
        for n in range(1_100)
    )
    assert sealing.seal(AT) == 1_105
    assert Checkpoint.objects.count() == 3
    assert [leaf["event"]["reason"] for leaf in sealed()[5:]] == [str(n) for n in range(1_100)]
    assert_whole()
    kept = {
        leaf.index: Kept(bytes.fromhex(leaf.hash), bytes.fromhex(leaf.subtree)) for leaf in Leaf.objects.all()
    }
    old, new = (
        Head.read(Note.read(one.note).text)
        for one in (Checkpoint.objects.all()[0], Checkpoint.objects.all()[2])
    )
    assert continues(old.size, new.size, old.root, new.root, consistency(old.size, new.size, lambda _: kept))


def test_a_sealer_that_is_killed_half_way_has_done_nothing(
    about: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "_sign", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sealing.seal(AT)
    assert (Leaf.objects.count(), Checkpoint.objects.count()) == (0, 0)
    monkeypatch.undo()
    assert sealing.seal(AT) == 5
    assert_whole()


def test_who_comes_second_leaves_it_to_the_first(about: Prediction, monkeypatch: pytest.MonkeyPatch) -> None:
    write = sealing._write

    def meanwhile(agenda: Any) -> Any:
        written = list(write(agenda))
        monkeypatch.setattr(sealing, "_write", write)
        sealing.seal(AT)
        return written

    monkeypatch.setattr(sealing, "_write", meanwhile)
    assert sealing.seal(AT) == 0
    assert Leaf.objects.count() == 5
    assert_whole()


def test_the_same_number_cannot_be_given_twice(about: Prediction) -> None:
    sealing.seal(AT)
    last = Leaf.objects.latest("index")
    with pytest.raises(IntegrityError), transaction.atomic():
        Leaf.objects.bulk_create([last])
    last.index += 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Leaf.objects.bulk_create([last])


def test_several_sealers_and_writers_at_once_make_one_log(transactional_db: None) -> None:
    who, where = factories.speaker("Ada Quint"), factories.source()
    faults: list[BaseException] = []

    def work(task: Any) -> None:
        try:
            for _ in range(8):
                task()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    def seal() -> None:
        sealing.seal(AT)

    def write() -> None:
        factories.prediction(said={"speaker": who, "source": where}, odds=0.6)

    threads = [threading.Thread(target=work, args=(task,)) for task in (seal, write, seal, write, seal)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    sealing.seal(AT)
    assert Leaf.objects.filter(kind="prediction").count() == 16
    assert len(places()) == len(set(places())) == 18
    assert_whole()


def test_whoever_commits_late_is_sealed_late(transactional_db: None) -> None:
    """On PostgreSQL a row with a lower number may be seen after one with a higher.

    Shown of events: those who put predictions into ink wait for each other, at the tally of all.
    """
    if connection.vendor != "postgresql":
        return  # SQLite has one writer at a time: nobody commits between another's insert and commit
    begun, go_on = threading.Event(), threading.Event()

    def fall_due(one: Prediction) -> Event:
        return Event.objects.create(kind=Event.Kind.FELL_DUE, prediction=one, happened_at=AT, recorded_at=AT)

    def slow() -> None:
        with transaction.atomic():
            fall_due(first)
            begun.set()
            go_on.wait(60)
        connections.close_all()

    first, second = factories.prediction(), factories.prediction()
    sealing.seal(AT)
    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(60)
    quick = fall_due(second)
    sealing.seal(AT)
    assert places()[-1] == ("event", quick.pk)
    assert thread.is_alive()
    go_on.set()
    thread.join()
    late = first.events.get()
    assert late.pk < quick.pk
    sealing.seal(AT + timedelta(seconds=10))
    assert places()[-1] == ("event", late.pk)
    assert_whole()
