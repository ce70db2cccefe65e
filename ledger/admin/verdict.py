"""The forms that verdicts, evidence and withdrawals are given with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, URLField
from django.forms.models import fields_for_model

from ledger.house_rules import HouseRules
from ledger.judging import balloting, objections, resolution
from ledger.models import HAPPENED, OF_EVIDENCE, OF_JUDGEMENT, Ballot, Evidence, Judgement, Resolution
from ledger.scoring.outcome import Happened
from predictions.admin.widgets import DayInput
from predictions.dates import Precision
from predictions.models import Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_PIECES = 20
VERDICT_FORM = "verdict"

HINTS = {
    Happened.YES: "as the criteria say",
    Happened.PARTLY: "say which part",
    Happened.NO: "it did not come true",
    Happened.CANNOT_TELL: "no evidence either way",
    Happened.VOID: "its condition failed",
    Happened.ABANDONED: "openly given up",
}
HINTS_OF_WILL_NOT = HINTS | {
    Happened.YES: "it had not happened by then",
    Happened.NO: "it happened after all",
}
SHAPES = {
    Happened.YES: "ontime",
    Happened.PARTLY: "partly",
    Happened.NO: "no",
    Happened.CANNOT_TELL: "unclear",
    Happened.VOID: "void",
    Happened.ABANDONED: "no",
}
WORDS = dict(HAPPENED)


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers to "did it come true", with the key that chooses it."""

    key: int
    value: str
    word: str
    hint: str
    shape: str
    chosen: bool
    needs_a_day: bool


class VerdictForm(forms.Form):
    """A verdict as typed. ``seen`` is the number of the latest verdict that its signer had before their eyes, ``turn`` the round that was open."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    turn = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None, *, prediction: Prediction, on: date, seen: int | None
    ) -> None:
        self.prediction = prediction
        self.evidence_errors: list[str] = []
        super().__init__(
            data,
            initial={"looked_until": on, "seen": seen, "turn": balloting.open_round(prediction)},
        )
        self.fields.update(_verdict_fields())

    def clean_happened_precision(self) -> str:
        """How exactly the day is known; browsers leave it out where the answer asks for no day."""
        return self.cleaned_data["happened_precision"] or Precision.DAY

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("happened") == Happened.PARTLY and not self.cleaned_data.get("which_part"):
            self.add_error("which_part", "Say which part came true and which did not.")
        return self.cleaned_data

    @property
    def verdict(self) -> Resolution:
        """The unsaved verdict, as far as it was typed without a mistake."""
        return Resolution(
            prediction=self.prediction,
            **{name: self.cleaned_data[name] for name in OF_JUDGEMENT if name in self.cleaned_data},
        )

    @property
    def answers(self) -> list[Answer]:
        polarity = Prediction.Polarity(self.prediction.polarity)
        hints = HINTS if polarity is Prediction.Polarity.WILL else HINTS_OF_WILL_NOT
        if not self.prediction.condition:
            hints = hints | {Happened.VOID: "it has no condition"}
        return [
            Answer(
                key=key,
                value=happened.value,
                word=WORDS[happened].partition(":")[0].removesuffix(" by whoever promised it").capitalize(),
                hint=hints[happened],
                shape=SHAPES[happened],
                chosen=self["happened"].value() == happened.value,
                needs_a_day=happened in objections.NEEDS_A_DAY[polarity],
            )
            for key, happened in enumerate(Happened, start=1)
        ]


class EvidenceForm(forms.Form):
    """A piece of evidence; left untouched it is none."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)
        self.fields.update(_evidence_fields())
        for field in self.fields.values():
            field.widget.attrs["form"] = VERDICT_FORM  # they stand beside it, not in it

    def clean_dated(self) -> date | None:
        dated: date | None = self.cleaned_data["dated"]
        if dated and dated > self.on:
            raise ValidationError("Evidence cannot bear a date in the future.")
        return dated


EvidenceForms = forms.formset_factory(EvidenceForm, extra=1, max_num=MOST_PIECES, absolute_max=MOST_PIECES)


class LookAgainForm(forms.Form):
    """On which day, and why not today."""

    until = forms.DateField(label="Look again on", widget=DayInput())
    reason = forms.CharField(
        max_length=500,
        label="Why one cannot know yet",
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text="For everybody to read. The deadline stays where it is.",
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        label="What was wrong with the entry",
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="For everybody to read, beside the entry.",
    )


def pieces(forms_: forms.BaseFormSet[EvidenceForm]) -> list[Evidence]:
    """The unsaved evidence of a valid set of forms."""
    return [
        Evidence(**{name: form.cleaned_data[name] for name in OF_EVIDENCE})
        for form in forms_
        if form.has_changed()
    ]


def sign(
    form: VerdictForm,
    evidence: forms.BaseFormSet[EvidenceForm],
    *,
    rules: HouseRules,
    at: datetime,
    on: date,
    by: User,
) -> Judgement | None:
    """Give the verdict with its evidence, blind where the rules say so; None if something stands against it, which is then beside its field."""
    if not all([form.is_valid(), evidence.is_valid()]):
        return None
    given, seen = pieces(evidence), form.cleaned_data["seen"]
    try:
        if rules.blind:
            ballot = Ballot(**{name: getattr(form.verdict, name) for name in OF_JUDGEMENT})
            turn = form.cleaned_data["turn"] or 0
            return balloting.cast(
                form.prediction, ballot, given, seen=seen, turn=turn, at=at, on=on, by=by, rules=rules
            )
        return resolution.resolve(
            form.prediction, form.verdict, given, seen=seen, at=at, on=on, by=by, rules=rules
        )
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            form.evidence_errors = ValidationError(error.error_dict.pop("evidence", [])).messages
        lay_beside(form, error)
        return None


@transaction.atomic
def present_all(prediction: Prediction, given: list[Evidence], *, at: datetime, on: date, by: User) -> None:
    for piece in given:
        resolution.present(prediction, piece, at=at, on=on, by=by)


def lay_beside(form: forms.Form, error: ValidationError) -> None:
    """Put each objection beside the field of ``form`` that it is about, or on top if there is none."""
    for name, found in error.update_error_dict({}).items():
        form.add_error(name if name in form.fields else None, found)


def _verdict_fields() -> dict[str, forms.Field]:
    fields = fields_for_model(
        Resolution,
        OF_JUDGEMENT,
        widgets={
            "happened": forms.RadioSelect(choices=HAPPENED),
            "happened_on": DayInput(),
            "looked_until": DayInput(),
            "which_part": forms.TextInput(attrs={"dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        },
        labels={
            "happened_on": "When",
            "happened_precision": "How exactly",
            "looked_until": "Looked until",
            "which_part": "Which part",
            "note": "Reason",
        },
        help_texts={"looked_until": ""},
        error_messages={
            "happened": {"required": "Choose an answer."},
            "note": {"required": "Give the reason."},
        },
    )
    fields["happened_precision"].required = False
    return fields


def _evidence_fields() -> dict[str, forms.Field]:
    return fields_for_model(
        Evidence,
        OF_EVIDENCE,
        widgets={
            "dated": DayInput(),
            "quotation": forms.TextInput(attrs={"dir": "auto"}),
            "note": forms.TextInput(attrs={"dir": "auto"}),
            "sha256": forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        },
        help_texts={"note": ""},
        labels={"bearing": "It speaks", "dated": "Dated", "kind": "Kind"},
        error_messages={
            "url": {"required": "Give its address."},
            "bearing": {"required": "For or against?"},
            "kind": {"required": "Which kind?"},
        },
        formfield_callback=_with_https,
    )


def _with_https(field: Field[Any, Any], **options: Any) -> forms.Field | None:
    """The form's field; an address that is typed without a scheme gets https."""
    if isinstance(field, URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)
