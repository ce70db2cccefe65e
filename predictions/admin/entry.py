"""The form that an entry is logged with: a statement, one claim read out of it, its dates and its odds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import fields_for_model, model_to_dict
from django.utils.text import capfirst

from predictions import ink
from predictions.admin.hand import FOUR, ByHandForm
from predictions.admin.odds import OddsField
from predictions.admin.reading import AskForm, stands_in
from predictions.admin.widgets import DayInput, Pick, PickMany
from predictions.models import LONGEST_QUOTE, Deadline, Forecast, Prediction, Statement

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OF_STATEMENT = (
    "speaker",
    "speaker_certainty",
    "source",
    "quote",
    "place",
    "said_on",
    "said_precision",
    "language",
    "attribution",
)
OF_PREDICTION = (
    "horizon_text",
    "claim",
    "criteria",
    "polarity",
    "modality",
    "condition",
    "knowable_from",
    "target_number",
    "target_unit",
    "says_again",
    "topics",
)
A_MOMENT = timedelta(seconds=30)
"""So soon after it, the same claim by the same person is the same form sent twice, not a mistake."""

BESIDE = {"last_day": "deadline", "low": "odds", "high": "odds", "words": "odds_words"}
"""Beside which field of the form an objection to a field of a row belongs, where the names differ."""


def _rows(lines: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": lines, "dir": "auto"})


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", **attrs})


class LogForm(ByHandForm):
    """Everything typed at once. ``write`` hands it to the ink, and lays what the ink objects to beside its field.

    ``on`` is today. With ``statement`` the entry is read out of that one, which is ink already, and
    its fields are not asked for. ``replaces`` is the withdrawn entry that this one puts right.
    """

    undated = forms.BooleanField(
        required=False,
        label="Ink it without a date",
        help_text="It counts among all that was predicted, is in no rate and never falls due, until an event dates it.",
    )
    nearby = forms.BooleanField(required=False, label="The words stand near the quote, not in it")
    reason = forms.CharField(
        required=False,
        max_length=500,
        label="Why these dates",
        widget=_rows(2),
        help_text="For everybody to read. Needed where dates are set.",
    )
    odds = OddsField(
        required=False,
        label="Their odds that it comes true, in per cent",
        help_text="Of “it will not happen”: the odds that it does not happen.",
        widget=forms.TextInput(attrs={"placeholder": "19, or 10 to 20", "autocomplete": "off"}),
    )
    odds_words = forms.CharField(
        required=False,
        max_length=120,
        label="… in their words",
        widget=_line(placeholder="more likely than not"),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        on: date,
        statement: Statement | None = None,
        replaces: Prediction | None = None,
    ) -> None:
        self.on, self.kept, self.replaces = on, statement, replaces
        super().__init__(data, initial=_as_it_was(replaces) if replaces else None)
        if statement is None:
            self.fields.update(_statement_fields())
        self.fields.update(_prediction_fields())
        for name, field in self.fields.items():
            field.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted without a word
            if name in AskForm.base_fields:
                field.widget.attrs["data-ask"] = name

    def clean_quote(self) -> str:
        quote: str = self.cleaned_data["quote"].replace("\r\n", "\n")
        if len(quote) > LONGEST_QUOTE:
            raise ValidationError(
                f"These are {len(quote):,} characters; {LONGEST_QUOTE:,} fit. Quote only the sentences "
                "that make the prediction, and say under “place” where they stand."
            )
        return quote

    def clean(self) -> dict[str, Any]:
        self.override = self._override()
        self._insist_on_words_of_the_quote()
        said = self.statement
        if said.said_on is None or said.said_within.first > self.on:
            return self.cleaned_data  # the day is wrong, and what is counted from it says nothing
        if not {"horizon_text", "reason", *FOUR} & set(self.errors):
            self._insist_on_a_date_or_none(self.cleaned_data["horizon_text"])
        return self.cleaned_data

    def write(self, *, at: datetime, by: User) -> Prediction | None:
        """Put what was typed into the ledger; None if something stands against it, which is then beside its field.

        What was sent twice is in the ledger once: the second time gives the entry of the first.
        """
        if not self.is_valid():
            return None
        try:
            return ink.write(self.draft(), at=at, on=self.on, by=by)
        except ValidationError as error:
            twin = self._sent_before(at=at, by=by)
            if twin is None:
                self._lay_beside(error)
            return twin

    def _sent_before(self, *, at: datetime, by: User) -> Prediction | None:
        """The entry that the same person made of this form a moment ago, by sending it twice."""
        return Prediction.objects.filter(
            statement__fingerprint=ink.fingerprint(self.statement),
            claim=self.cleaned_data["claim"],
            inked_by=by,
            inked_at__gt=at - A_MOMENT,
        ).first()

    def draft(self) -> ink.Draft:
        """The rows that the form describes, unsaved."""
        typed = self.cleaned_data
        prediction = Prediction(**{name: typed[name] for name in OF_PREDICTION if name != "topics"})
        prediction.replaces = self.replaces
        return ink.Draft(
            statement=self.statement,
            prediction=prediction,
            override=self.override,
            topics=list(typed["topics"]),
            forecasts=self._forecasts(),
        )

    @property
    def statement(self) -> Statement:
        """What was said, as far as it was typed without a mistake."""
        if self.kept:
            return self.kept
        typed = {name: self.cleaned_data[name] for name in OF_STATEMENT if name in self.cleaned_data}
        return Statement(**typed)

    def _override(self) -> ink.Override | None:
        reason = self.cleaned_data.get("reason", "")
        counted_from = self.statement.anchor if self.statement.said_on else self.on
        dates = self.by_hand(counted_from, reason)
        if dates is None:
            if reason and not set(FOUR) & set(self.errors):
                self.add_error("deadline", "Give the deadline that the reason is for, or empty the reason.")
            return None
        if not reason and "reason" not in self.errors:
            self.add_error("reason", "Say why these dates and not those that the words give.")
        return dates

    def _insist_on_words_of_the_quote(self) -> None:
        """Let no date rest on words that nobody finds in the quote, unless the editor says that they stand near it."""
        phrase, quote = self.cleaned_data.get("horizon_text"), self.statement.quote
        asked = "nearby" in self.fields and not self.cleaned_data["nearby"]
        if asked and phrase and quote and not stands_in(phrase, quote):
            self.add_error(
                "nearby", "The horizon phrase is not in the quote. Copy it from there, or tick this."
            )

    def _insist_on_a_date_or_none(self, phrase: str) -> None:
        """Let nothing become undated, or dated, that its editor did not mean to be."""
        undated = self.cleaned_data["undated"]
        deadline = self.override or ink.reading(self.statement, phrase)
        if deadline is None and not undated:
            why = ink.undated_because(self.statement, phrase).rstrip(".")
            self.add_error(
                "horizon_text",
                f"{capfirst(why)}. Write the words otherwise, set the dates by hand, or tick “Ink it without a date”.",
            )
        if deadline is not None and undated:
            dated = deadline.last_day if isinstance(deadline, Deadline) else deadline.deadline
            self.add_error(
                "undated",
                f"But there is a date, {dated:%Y-%m-%d}. Untick this, or empty the horizon phrase and the dates set by hand.",
            )

    def _forecasts(self) -> list[Forecast]:
        odds, words = self.cleaned_data["odds"], self.cleaned_data["odds_words"]
        if not odds and not words:
            return []
        said = self.statement
        return [
            Forecast(
                by=said.speaker,
                low=odds and odds.low,
                high=odds and odds.high,
                words=words,
                stated_on=said.said_on,
                source=said.source,
            )
        ]

    def _lay_beside(self, error: ValidationError) -> None:
        for name, messages in error.update_error_dict({}).items():
            field = BESIDE.get(name, name)
            self.add_error(field if field in self.fields and field != NON_FIELD_ERRORS else None, messages)


def _statement_fields() -> dict[str, forms.Field]:
    fields = fields_for_model(
        Statement,
        OF_STATEMENT,
        widgets={
            "speaker": Pick(Statement.speaker.field),
            "source": Pick(Statement.source.field),
            "place": _line(placeholder="42:18"),
            "said_on": DayInput(),
        },
        labels={
            "said_precision": "How exactly that is known",
            "attribution": "In whose words",
            "speaker_certainty": "How sure it is who spoke",
        },
        help_texts={
            "said_on": "The day of these words, not that of the source.",
            "place": "A time, a page, a heading.",
            "speaker_certainty": "",
        },
    )
    fields["quote"] = forms.CharField(widget=_rows(5), help_text="Word for word, as it stands in the source.")
    return fields


def _prediction_fields() -> dict[str, forms.Field]:
    return fields_for_model(
        Prediction,
        OF_PREDICTION,
        widgets={
            "horizon_text": _line(placeholder="in about a year", autocomplete="off"),
            "claim": _rows(2),
            "criteria": _rows(4),
            "polarity": forms.RadioSelect(choices=Prediction.Polarity.choices),
            "condition": _line(),
            "knowable_from": DayInput(),
            "target_unit": _line(placeholder="km/h, US$, people"),
            "says_again": Pick(Prediction.says_again.field),
            "topics": PickMany(Prediction.topics.field),
        },
        labels={"polarity": "It was predicted that", "modality": "How firmly", "condition": "Only if"},
    )


def _as_it_was(entry: Prediction) -> dict[str, Any]:
    """What an entry says, to begin the one that replaces it with."""
    said, deadline = entry.statement, entry.deadline
    typed = model_to_dict(said, OF_STATEMENT) | model_to_dict(entry, OF_PREDICTION)
    typed["nearby"] = not stands_in(entry.horizon_text, said.quote)
    if entry.target_number is not None:
        typed["target_number"] = f"{entry.target_number.normalize():f}"
    if deadline and deadline.reading == Deadline.Reading.PERSON:
        typed |= model_to_dict(deadline, ("earliest", "nominal", "latest", "reason"))
        typed["deadline"] = deadline.last_day
    for own in entry.forecasts.filter(by=said.speaker)[:1]:
        typed |= {"odds": "" if own.low is None else own.stated, "odds_words": own.words}
    return typed
