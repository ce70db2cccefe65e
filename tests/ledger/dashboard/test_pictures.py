"""Pictures are drawn when what they show changes, and kept until then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from ledger.dashboard import pictures
from ledger.models import Preview
from predictions.models import Speaker
from tests import factories

pytestmark = pytest.mark.django_db

SAID = date(2020, 1, 1)
TODAY = date(2026, 11, 22)


@pytest.fixture
def ada() -> Speaker:
    speaker = factories.speaker("Ada Quint")
    for _ in range(5):
        entry = factories.prediction(
            "in a year", said_on=SAID, inked_on=SAID, said={"speaker": speaker}, topics=["Cars"]
        )
        factories.verdict(entry, "yes", on=date(2024, 1, 1), happened_on=date(2020, 7, 1))
    factories.counted(TODAY)
    return speaker


def test_a_shared_picture_bears_the_name_that_its_speaker_has_now(client: Client, ada: Speaker) -> None:
    """Asked for at once it is drawn anew; after the next count that one is kept."""
    pictures.redraw()
    shared = client.get("/speakers/ada-quint/preview.png").content
    assert shared == kept(ada)
    ada.name = "Ada Quint-Byrne"
    ada.save()
    renamed = client.get("/speakers/ada-quint/preview.png").content
    assert renamed != shared
    factories.counted(TODAY + timedelta(days=1))
    pictures.redraw()
    assert kept(ada) == renamed


def test_what_shows_the_same_on_another_day_is_not_drawn_again(ada: Speaker) -> None:
    assert pictures.redraw() == 3  # everybody, the speaker and the topic
    factories.counted(TODAY + timedelta(days=1))
    assert pictures.redraw() == 0


def test_a_run_that_is_broken_off_shows_that_it_stored_something_and_the_next_goes_on(
    ada: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger that takes several turns to draw is not one that nobody draws; one that gets nowhere is."""
    beats: list[str] = []

    def stored() -> None:
        beats.append("stored")

    def break_down(numbers: list[int]) -> dict[int, str]:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setitem(pictures.NAMES, "topic", break_down)
        for _ in range(2):
            with pytest.raises(MemoryError):
                pictures.redraw(stored)
            assert len(beats) == 2, "everybody and the speaker, once"
    assert pictures.redraw(stored) == 1
    assert len(beats) == 3


def kept(speaker: Speaker) -> bytes:
    [png] = Preview.objects.filter(
        score__scope="speaker", score__subject=speaker.pk, score__reading="deadline"
    ).values_list("png", flat=True)
    return bytes(png)
