"""Deciding: logged, left out, cut differently, taken back; and never the same candidate by two people."""

from __future__ import annotations

import threading
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from ledger.admin.review import take_back
from ledger.models import Event
from predictions import deciding, ink
from predictions.deciding import AlreadyDecided
from predictions.models import Candidate, Decision, Prediction, Speaker, Statement, Transcript
from tests import factories
from tests.drafts import AT, SAID, TODAY, candidate, later, searched

pytestmark = pytest.mark.django_db


def draft(of: Candidate, **kwargs: Any) -> ink.Draft:
    said = Statement(
        speaker=kwargs.pop("speaker", None) or factories.speaker("Mira Solano"),
        source=of.transcript.source,
        quote=of.quote,
        said_on=SAID,
    )
    fields = {
        "claim": f"{of.quote[:200]} (as a claim)",
        "criteria": "Anybody can see it.",
        "horizon_text": of.horizon_text,
    }
    return ink.Draft(said, Prediction(**{**fields, **kwargs}))


def accept(of: Candidate, by: User | None = None, **kwargs: Any) -> Decision:
    return deciding.accept(of, draft(of, **kwargs), at=AT, on=TODAY, by=by)


@pytest.fixture
def ferries() -> Transcript:
    return searched()


@pytest.fixture
def dated(ferries: Transcript) -> Candidate:
    return candidate(ferries, "2030")


@pytest.fixture
def pier(ferries: Transcript) -> Candidate:
    return candidate(ferries, "old pier")


def standing(ferries: Transcript) -> list[str]:
    return [one.quote for one in Candidate.objects.standing().filter(transcript=ferries).order_by("start")]


class TestAccepting:
    def test_it_becomes_ink_with_a_link_back(self, dated: Candidate) -> None:
        decision = accept(dated)
        entry = decision.prediction
        assert entry
        assert entry.decision == decision
        assert entry.statement.quote == dated.quote
        assert dated.decision == decision

    def test_a_speaker_nobody_had_heard_of_is_kept_with_it(self, dated: Candidate) -> None:
        decision = accept(dated, speaker=Speaker(name="Ines Vall", slug="ines-vall"))
        assert decision.prediction
        assert decision.prediction.statement.speaker == Speaker.objects.get(slug="ines-vall")

    def test_what_the_ink_refuses_leaves_it_undecided(self, dated: Candidate) -> None:
        with pytest.raises(ValidationError):
            accept(dated, speaker=Speaker(name="Ines Vall", slug="ines-vall"), criteria="")
        assert not Decision.objects.exists()
        assert not Prediction.objects.exists()
        assert not Speaker.objects.filter(slug="ines-vall").exists()


class TestRejecting:
    def test_it_has_one_of_the_reasons(self, pier: Candidate) -> None:
        decision = deciding.reject(pier, "hypothetical", at=AT)
        assert decision.in_words == "not logged: hypothetical"
        assert not Prediction.objects.exists()

    @pytest.mark.parametrize("reason", ["", "because", "accepted"])
    def test_anything_else_is_refused(self, pier: Candidate, reason: str) -> None:
        with pytest.raises(ValidationError):
            deciding.reject(pier, reason, at=AT)

    def test_the_database_wants_the_reason_too(self, pier: Candidate) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(candidate=pier, verdict="rejected", made_at=AT)


class TestTwoPeople:
    def test_the_second_sees_who_was_first(self, dated: Candidate) -> None:
        first = User.objects.create_user("bea", first_name="Bea")
        deciding.reject(dated, "joke", at=AT, by=first)
        with pytest.raises(AlreadyDecided, match="Bea decided this at 12:00: not logged: a joke"):
            accept(dated)
        assert not Prediction.objects.exists()

    def test_the_time_is_that_of_the_installation_s_clock(self, dated: Candidate) -> None:
        deciding.reject(dated, "joke", at=AT)
        with timezone.override(ZoneInfo("Asia/Kolkata")), pytest.raises(AlreadyDecided, match="at 17:30"):
            accept(dated)

    def test_the_database_says_so_whatever_the_code_checks(self, dated: Candidate) -> None:
        deciding.reject(dated, "joke", at=AT)
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(candidate=dated, verdict="rejected", reason="past", made_at=AT)

    @pytest.mark.django_db(transaction=True)
    def test_at_the_same_moment_one_of_them_logs_it(self) -> None:
        one = candidate(searched(), "2030")
        mira = factories.speaker("Mira Solano")
        outcomes: list[str] = []
        ready = threading.Barrier(2)

        def decide() -> None:
            mine = Candidate.objects.select_related("transcript__source").get(pk=one.pk)
            words = draft(mine, speaker=mira)
            ready.wait()
            try:
                deciding.accept(mine, words, at=AT, on=TODAY)
                outcomes.append("logged")
            except AlreadyDecided:
                outcomes.append("too late")
            finally:
                connection.close()

        threads = [threading.Thread(target=decide) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["logged", "too late"]
        assert Prediction.objects.count() == Decision.objects.count() == 1


class TestRecasting:
    def test_a_moved_edge_makes_another_candidate_read_anew(
        self, ferries: Transcript, dated: Candidate
    ) -> None:
        cut = dated.quote.index(", I predict")
        (made,) = deciding.recast([dated], [(dated.start, dated.start + cut)], at=AT)
        assert made.quote == dated.quote[:cut]
        assert (made.finder, made.deadline, made.label) == ("person", dated.deadline, dated.label)
        assert made.quote in standing(ferries)
        assert dated.quote not in standing(ferries)

    def test_splitting_makes_two_and_undoing_it_one_again(
        self, ferries: Transcript, dated: Candidate
    ) -> None:
        before = standing(ferries)
        cut = dated.start + dated.quote.index(", I predict")
        halves = deciding.recast([dated], [(dated.start, cut), (cut + 2, dated.end)], at=AT)
        assert len(standing(ferries)) == len(before) + 1
        assert halves[1].deadline is None
        assert list(halves[0].made_of.all()) == [Decision.objects.get(candidate=dated)]
        deciding.undo(Decision.objects.get(candidate=dated), at=later(minutes=1))
        assert standing(ferries) == before

    def test_merging_makes_one_and_undoing_it_two_again(
        self, ferries: Transcript, dated: Candidate, pier: Candidate
    ) -> None:
        before = standing(ferries)
        (made,) = deciding.recast([dated, pier], [(dated.start, pier.end)], at=AT)
        assert made.quote in standing(ferries)
        assert len(standing(ferries)) == len(before) - 1
        deciding.undo(Decision.objects.standing().filter(candidate=pier).get(), at=later(minutes=1))
        assert standing(ferries) == before

    def test_the_same_cut_again_after_undoing_brings_the_same_candidate(self, dated: Candidate) -> None:
        span = (dated.start, dated.end - 5)
        first = deciding.recast([dated], [span], at=AT)
        deciding.undo(Decision.objects.standing().get(), at=later(minutes=1))
        assert deciding.recast([dated], [span], at=later(minutes=2)) == first

    @pytest.mark.parametrize(
        ("start", "end"),
        [(0, 0), (9, 5), (-1, 5), (0, 10**6)],
        ids=["nothing", "backwards", "before", "beyond"],
    )
    def test_words_that_are_not_there_are_refused(self, dated: Candidate, start: int, end: int) -> None:
        with pytest.raises(ValidationError):
            deciding.recast([dated], [(start, end)], at=AT)
        assert not Decision.objects.exists()

    def test_nothing_is_cut_away_whole(self, ferries: Transcript, dated: Candidate) -> None:
        with pytest.raises(ValidationError, match="Nothing would be left"):
            deciding.recast([dated], [], at=AT)
        assert dated.quote in standing(ferries)

    def test_a_quote_has_its_limit(self) -> None:
        one = candidate(searched("The pier will be closed by 2031. " + "It is an old pier. " * 400), "2031")
        with pytest.raises(ValidationError, match="5,000"):
            deciding.recast([one], [(one.start, one.start + 5_001)], at=AT)

    def test_the_same_span_changes_nothing(self, dated: Candidate) -> None:
        with pytest.raises(ValidationError, match="Nothing would change"):
            deciding.recast([dated], [(dated.start, dated.end)], at=AT)

    def test_a_cut_is_reversed_by_undoing_it_not_by_cutting_again(
        self, ferries: Transcript, dated: Candidate
    ) -> None:
        (made,) = deciding.recast([dated], [(dated.start, dated.end - 5)], at=AT)
        with pytest.raises(ValidationError, match="Undo that cut"):
            deciding.recast([made], [(dated.start, dated.end)], at=later(minutes=1))
        assert made.quote in standing(ferries)

    def test_what_was_cut_away_can_no_longer_be_decided(self, dated: Candidate) -> None:
        (made,) = deciding.recast([dated], [(dated.start, dated.end - 5)], at=AT)
        deciding.undo(Decision.objects.standing().get(), at=later(minutes=1))
        with pytest.raises(ValidationError, match="gone"):
            deciding.reject(made, "joke", at=later(minutes=2))


class TestTakingBack:
    def test_a_rejection_can_be_made_anew_and_both_stay_readable(self, pier: Candidate) -> None:
        deciding.undo(deciding.reject(pier, "joke", at=AT), at=later(minutes=1))
        deciding.reject(pier, "past", at=later(minutes=2))
        assert [(one.reason, one.undone_at is None) for one in pier.decisions.order_by("pk")] == [
            ("joke", False),
            ("past", True),
        ]

    def test_twice_is_refused(self, pier: Candidate) -> None:
        decision = deciding.reject(pier, "joke", at=AT)
        deciding.undo(decision, at=later(minutes=1))
        with pytest.raises(ValidationError, match="already"):
            deciding.undo(decision, at=later(minutes=2))

    def test_a_cut_stays_while_its_pieces_are_decided(self, dated: Candidate) -> None:
        (made,) = deciding.recast([dated], [(dated.start, dated.end - 5)], at=AT)
        deciding.reject(made, "joke", at=later(minutes=1))
        with pytest.raises(ValidationError, match="decided since"):
            deciding.undo(Decision.objects.get(candidate=dated), at=later(minutes=2))

    def test_ink_is_not_undone_here(self, dated: Candidate) -> None:
        with pytest.raises(ValidationError, match="in ink"):
            deciding.undo(accept(dated), at=later(minutes=1))

    def test_ink_is_withdrawn_and_the_candidate_open_again(self, dated: Candidate) -> None:
        by = User.objects.create_user("bea")
        decision = accept(dated)
        take_back(decision, reason="It was a question.", at=later(minutes=1), by=by)
        assert Event.objects.of_kind("withdrawn").get().prediction == decision.prediction
        assert dated in Candidate.objects.undecided()

    def test_without_a_reason_neither_happens(self, dated: Candidate) -> None:
        decision = accept(dated)
        with pytest.raises(ValidationError):
            take_back(decision, reason=" ", at=later(minutes=1), by=User.objects.create_user("bea"))
        assert not Event.objects.of_kind("withdrawn").exists()
        assert Decision.objects.standing().get() == decision

    def test_logged_again_it_replaces_what_was_withdrawn(self, dated: Candidate) -> None:
        first = accept(dated)
        take_back(first, reason="A slip.", at=later(minutes=1), by=User.objects.create_user("bea"))
        second = accept(dated)
        assert second.prediction
        assert second.prediction.replaces == first.prediction

    def test_logged_again_for_another_speaker_it_replaces_nothing(self, dated: Candidate) -> None:
        first = accept(dated)
        take_back(first, reason="It was Ines.", at=later(minutes=1), by=User.objects.create_user("bea"))
        other = draft(dated)
        other.statement.speaker = Speaker.objects.create(name="Ines Vall", slug="ines-vall")
        second = deciding.accept(dated, other, at=later(minutes=2), on=TODAY)
        assert second.prediction
        assert second.prediction.replaces is None


class TestWhoSpeaks:
    def test_one_segment_is_put_right_and_its_label_stays(self, ferries: Transcript, pier: Candidate) -> None:
        deciding.attribute(pier, "Ines Vall", "certain")
        changed = ferries.segments.get(speaker__name="Ines Vall")
        assert (changed.label, changed.certainty) == ("Jon Pell", "certain")

    def test_a_label_is_put_right_wherever_it_stands(self, ferries: Transcript, dated: Candidate) -> None:
        deciding.attribute(dated, "Ines Vall", "likely", everywhere=True)
        assert ferries.segments.filter(speaker__name="Ines Vall").count() == 3

    def test_of_two_voices_the_label_under_which_it_begins_is_meant(
        self, ferries: Transcript, dated: Candidate, pier: Candidate
    ) -> None:
        (both,) = deciding.recast([dated, pier], [(dated.start, pier.end)], at=AT)
        deciding.attribute(both, "Ines Vall", "likely", everywhere=True)
        labels = ferries.segments.filter(speaker__name="Ines Vall").values_list("label", flat=True)
        assert set(labels) == {"Mira Solano"}

    def test_where_there_is_no_label_nothing_is_put_right_elsewhere(self) -> None:
        unlabelled = searched("It will rain by 2030.\n\nThe dam will hold by 2031.\n")
        rain = candidate(unlabelled, "rain")
        with pytest.raises(ValidationError, match="no label"):
            deciding.attribute(rain, "Ines Vall", "likely", everywhere=True)
        assert not Speaker.objects.filter(name="Ines Vall").exists()
        assert not unlabelled.segments.filter(speaker__isnull=False).exists()
        deciding.attribute(rain, "Ines Vall", "likely")
        assert unlabelled.segments.filter(speaker__name="Ines Vall").count() == 1

    @pytest.mark.parametrize(("who", "certainty"), [("", "certain"), ("  ", "certain"), ("Ines", "surely")])
    def test_nobody_and_nonsense_are_refused(self, pier: Candidate, who: str, certainty: str) -> None:
        with pytest.raises(ValidationError):
            deciding.attribute(pier, who, certainty)
