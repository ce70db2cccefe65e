"""What a logger may change about a candidate before it becomes ink."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from predictions import deciding, importing
from predictions.admin.entry import LogForm
from predictions.extraction.negation import affirmed
from predictions.models import Candidate, Decision, Prediction, Segment, Speaker, Statement, Topic
from predictions.recording import clock
from predictions.review import wording

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class SpeakerField(forms.Field):
    """A name; gives the speaker who has it, or a new, unsaved one."""

    def to_python(self, value: object) -> Speaker | None:
        if isinstance(value, Speaker):
            return value
        typed = str(value or "").strip()
        return importing.speaker_named(typed) if typed else None


class DeskForm(LogForm):
    """The log form as the desk has it: quote and source are the candidate's, and the speaker is typed."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, candidate: Candidate, on: date) -> None:
        self.candidate = candidate
        super().__init__(data, on=on)
        del self.fields["quote"], self.fields["source"]
        self.fields["speaker"] = SpeakerField(error_messages={"required": "Say who said it."})
        self.fields["topics"].widget = forms.SelectMultiple(
            choices=Topic.objects.values_list("pk", "name"), attrs={"size": 4}
        )
        self.fields["says_again"].widget = forms.HiddenInput()
        self.fields["undated"].widget = forms.HiddenInput()
        del self.fields["nearby"]  # the transcript shows what stands near the quote
        self.fields["horizon_text"].widget.attrs.pop("placeholder", None)  # it would look like an answer
        self.initial = first_draft(candidate)

    @property
    def statement(self) -> Statement:
        """The candidate's words, said by whom and when the form says."""
        said = super().statement
        said.source, said.quote = self.candidate.transcript.source, self.candidate.quote
        return said

    def decide(self, *, at: datetime, by: User) -> Decision | None:
        """Log the candidate as typed; None if something stands against it, which is then beside its field.

        Raises ``AlreadyDecided`` if somebody was quicker.
        """
        if not self.is_valid():
            return None
        try:
            return deciding.accept(self.candidate, self.draft(), at=at, on=self.on, by=by)
        except ValidationError as error:
            self._lay_beside(error)
            return None


def first_draft(candidate: Candidate) -> dict[str, Any]:
    """What the form is filled with for somebody to look at."""
    transcript, segment = candidate.transcript, spoken_in(candidate)
    denied, language = affirmed(candidate.quote), _language(candidate, segment)
    paraphrase = candidate.attribution in Statement.Attribution.values
    draft = {
        "claim": wording.claim(denied or candidate.quote, language),
        "criteria": wording.criteria(candidate.deadline, language),
        "speaker": speaker(candidate, segment) or "",
        "speaker_certainty": segment.certainty if segment else Statement.Certainty.UNSURE,
        "said_on": transcript.said_on,
        "said_precision": transcript.said_precision,
        "place": clock(segment.began) if segment and segment.began is not None else "",
        "language": language,
        "attribution": candidate.attribution if paraphrase else Statement.Attribution.SAID,
        "horizon_text": candidate.horizon_text,
        "odds_words": candidate.confidence_words,
        "polarity": Prediction.Polarity.WILL_NOT if denied else Prediction.Polarity.WILL,
        "modality": "will",
    }
    if candidate.low is not None and candidate.high is not None:
        low, high = (
            f"{bound * 100:.4f}".rstrip("0").rstrip(".") for bound in (candidate.low, candidate.high)
        )
        draft["odds"] = f"{low}%" if low == high else f"{low} to {high}%"
    return draft


def speaker(candidate: Candidate, segment: Segment | None) -> Speaker | str | None:
    """Who said it, as far as anybody knows: what we hold of the passage, then the finder's or the file's label."""
    if segment and segment.speaker and candidate.label in {"", segment.label}:
        return segment.speaker
    label = candidate.label or (segment.label if segment else "")
    if label:
        return Speaker.objects.filter(name__iexact=label).first() or label
    return candidate.transcript.speaker


def spoken_in(candidate: Candidate) -> Segment | None:
    """The segment in which the candidate begins."""
    before = candidate.transcript.segments.filter(start__lte=candidate.start, end__gt=candidate.start)
    return before.select_related("speaker").order_by("-start").first()


def _language(candidate: Candidate, segment: Segment | None) -> str:
    language = segment.language if segment else ""
    known = {"en", "zh-Hant", "zh-Hans"}
    return language if language in known else candidate.transcript.source.language
