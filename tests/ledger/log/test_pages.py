"""What the public is told of the log, and the proofs that programs ask for."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import date

import pytest
from django.test import Client

from ledger import due
from ledger.log import sealing
from ledger.merkle.notes import Head, Key, Note, holds
from ledger.merkle.proofs import continues, includes
from ledger.merkle.tree import leaf_hash
from ledger.models import Checkpoint, Leaf
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db
AT = factories.noon(date(2026, 3, 1))
LOG = "/api/v1/log/"


@pytest.fixture
def about() -> Prediction:
    """A prediction that was sealed in two rounds."""
    found = factories.prediction("in a month", odds=0.4)
    sealing.seal(AT)
    due.flag_due(on=date(2026, 3, 1), at=AT)
    sealing.seal(AT)
    return found


def test_checkpoint_and_key_can_be_fetched_and_fit(client: Client, about: Prediction) -> None:
    note = Note.read(client.get("/log/checkpoint").content.decode())
    key = Key.read(client.get("/log/key").content.decode())
    signature = note.signed_with(key)
    assert signature
    assert holds(signature, key, note.text)
    assert Head.read(note.text).size == Leaf.objects.count()
    assert client.get(LOG).json()["note"] == str(note)


def test_an_empty_log_has_a_checkpoint_too(client: Client) -> None:
    assert Head.read(Note.read(client.get("/log/checkpoint").content.decode()).text).size == 0
    assert client.get(LOG).json() == {"size": 0, "root": None, "note": None, "key": None}


def test_an_entry_and_its_proof_can_be_checked_with_nothing_else(client: Client, about: Prediction) -> None:
    latest = client.get(LOG).json()
    for index in range(latest["size"]):
        leaf = client.get(f"{LOG}leaves/{index}/").json()
        hashed = leaf_hash(leaf["content"].encode())
        assert leaf["hash"] == hashed.hex()
        assert leaf["entry"] == json.loads(leaf["content"])
        answer = client.get(f"{LOG}inclusion/", {"index": index, "size": latest["size"]}).json()
        proof = [b64decode(one) for one in answer["proof"]]
        assert includes(hashed, index, latest["size"], proof, b64decode(latest["root"]))


def test_a_later_checkpoint_is_proved_to_go_on_from_an_earlier(client: Client, about: Prediction) -> None:
    old, new = Checkpoint.objects.order_by("size")
    answer = client.get(f"{LOG}consistency/", {"old": old.size, "new": new.size}).json()
    proof = [b64decode(one) for one in answer["proof"]]
    assert continues(old.size, new.size, b64decode(old.root), b64decode(new.root), proof)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("inclusion/", "Give a whole number."),
        ("inclusion/?index=-1&size=2", "Give a whole number."),
        ("inclusion/?index=x&size=2", "Give a whole number."),
        ("inclusion/?index=2&size=2", "there is no entry 2 among 2"),
        ("inclusion/?index=0&size=99", "the log has 4 entries, not 99"),
        (f"inclusion/?index=0&size={'9' * 18}", "the log has 4 entries"),
        (f"inclusion/?index=0&size={'9' * 40}", "Give a whole number."),
        ("consistency/?old=0&new=2", "cannot continue"),
        ("consistency/?old=3&new=2", "cannot continue"),
        ("consistency/?old=3&new=99", "the log has 4 entries, not 99"),
    ],
)
def test_what_cannot_be_proved_is_refused_clearly(
    client: Client, about: Prediction, path: str, says: str
) -> None:
    answer = client.get(f"{LOG}{path}")
    assert answer.status_code == 400
    assert says in answer.content.decode()


@pytest.mark.parametrize("index", [99, 10**17, 10**30])
def test_an_entry_that_is_not_there_is_not_found(client: Client, about: Prediction, index: int) -> None:
    assert client.get(f"{LOG}leaves/{index}/").status_code == 404


def test_the_prediction_s_page_leads_to_its_log_entries(client: Client, about: Prediction) -> None:
    page = client.get(f"/predictions/{about.pk}/").content.decode()
    assert f'href="/log/predictions/{about.pk}/"' in page
    entries = client.get(f"/log/predictions/{about.pk}/").content.decode()
    for leaf in Leaf.objects.filter(kind__in=("prediction", "event")):
        assert f'<a href="{LOG}leaves/{leaf.index}/">{leaf.index}</a>' in entries
        assert leaf.hash in entries
    assert client.get("/log/predictions/999999/").status_code == 404


def test_what_is_not_sealed_yet_says_so(client: Client) -> None:
    new = factories.prediction()
    assert "not sealed yet" in client.get(f"/log/predictions/{new.pk}/").content.decode()


@pytest.mark.parametrize("path", ["/log/", "/methodology/"])
def test_the_key_stands_where_people_look(client: Client, about: Prediction, path: str) -> None:
    assert sealing.public_key().replace("+", "+") in client.get(path).content.decode().replace("&#x2B;", "+")
