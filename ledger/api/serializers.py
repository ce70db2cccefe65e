"""What the public record looks like as JSON. People who keep the ledger appear by their public name, or not at all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ledger.models import Answer, Ballot, Event, Evidence, Resolution
from ledger.scoring.outcome import Outcome
from ledger.standing import Fate, State, fate, is_open, standing
from ledger.wording import public_name
from predictions.models import Deadline, Forecast, Prediction, Source, Speaker, Statement, Topic


@extend_schema_field(OpenApiTypes.URI)
class PageField(serializers.CharField):
    """The full address of the public page about a row."""

    def __init__(self) -> None:
        super().__init__(source="get_absolute_url", read_only=True)

    def to_representation(self, value: Any) -> str:
        return f"{settings.SITE_URL}{value}"


class TopicSerializer(serializers.ModelSerializer[Topic]):
    class Meta:
        model = Topic
        fields = ("slug", "name")


class SpeakerNameSerializer(serializers.ModelSerializer[Speaker]):
    class Meta:
        model = Speaker
        fields = ("slug", "name", "kind")


class SpeakerSerializer(serializers.ModelSerializer[Speaker]):
    organisation = SpeakerNameSerializer(allow_null=True)
    page = PageField()

    class Meta:
        model = Speaker
        fields = ("id", "slug", "name", "kind", "organisation", "note", "page")


class SourceTitleSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ("id", "title", "url")


class SourceSerializer(serializers.ModelSerializer[Source]):
    page = PageField()

    class Meta:
        model = Source
        fields = (
            "id",
            "slug",
            "title",
            "kind",
            "url",
            "archive_url",
            "published_on",
            "published_precision",
            "language",
            "note",
            "page",
        )


class StatementSerializer(serializers.ModelSerializer[Statement]):
    speaker = SpeakerNameSerializer()
    source = SourceTitleSerializer()  # type: ignore[assignment]  # a row's source, not the field's

    class Meta:
        model = Statement
        fields = (
            "id",
            "speaker",
            "source",
            "quote",
            "place",
            "said_on",
            "said_precision",
            "language",
            "attribution",
            "speaker_certainty",
        )


class DeadlineSerializer(serializers.ModelSerializer[Deadline]):
    binding = serializers.SerializerMethodField(help_text="Whether it is the one that falls due: the first.")

    class Meta:
        model = Deadline
        fields = (
            "ordinal",
            "binding",
            "counted_from",
            "earliest",
            "nominal",
            "last_day",
            "latest",
            "kind",
            "approximate",
            "rule",
            "explanation",
            "reading",
            "reason",
            "made_at",
            "made_on",
        )

    def get_binding(self, deadline: Deadline) -> bool:
        return deadline.ordinal == 1


class ForecastSerializer(serializers.ModelSerializer[Forecast]):
    by = SpeakerNameSerializer()
    probability = serializers.FloatField(
        allow_null=True,
        read_only=True,
        help_text="The midpoint of low and high; null if only words were given.",
    )

    class Meta:
        model = Forecast
        fields = (
            "id",
            "prediction",
            "by",
            "low",
            "high",
            "probability",
            "words",
            "stated_on",
            "source",
            "same_question",
            "note",
        )


class EventSerializer(serializers.ModelSerializer[Event]):
    class Meta:
        model = Event
        fields = ("id", "kind", "happened_at", "recorded_at", "resolution", "ballot", "until", "reason")


class BallotSerializer(serializers.ModelSerializer[Ballot]):
    """A blind verdict: its commitment at once, what it says when the round is over."""

    opened = serializers.SerializerMethodField(
        help_text="Salt and content, whose hash is the commitment; null while the round is open."
    )

    class Meta:
        model = Ballot
        fields = ("id", "round", "ordinal", "commitment", "made_at", "opened")

    def get_opened(self, ballot: Ballot) -> dict[str, Any] | None:
        return {"salt": ballot.salt, "content": ballot.content} if is_open(ballot) else None


class ResolutionSerializer(serializers.ModelSerializer[Resolution]):
    reviewer = serializers.SerializerMethodField(help_text="The public name of whoever gave the verdict.")
    final_at = serializers.DateTimeField(
        read_only=True, help_text="From when it counts, if nothing stops it."
    )
    fate = serializers.SerializerMethodField(
        help_text="Whether it is final, or announced, or was taken back before it was final."
    )

    class Meta:
        model = Resolution
        fields = (
            "id",
            "happened",
            "happened_on",
            "happened_precision",
            "looked_until",
            "which_part",
            "note",
            "made_at",
            "reviewer",
            "reviewers",
            "round",
            "notice_hours",
            "final_at",
            "fate",
        )

    def get_reviewer(self, resolution: Resolution) -> str:
        return public_name(resolution.made_by, "a reviewer")

    @extend_schema_field(serializers.ChoiceField(choices=[fate.value for fate in Fate]))
    def get_fate(self, resolution: Resolution) -> str:
        return fate(resolution).value


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    class Meta:
        model = Evidence
        fields = (
            "id",
            "url",
            "kind",
            "bearing",
            "dated",
            "quotation",
            "archive_url",
            "sha256",
            "note",
            "added_at",
        )


class StandingSerializer(serializers.Serializer[Any]):
    """What a prediction is today: computed from its dates and events, stored nowhere."""

    state = serializers.ChoiceField(choices=[state.value for state in State])
    outcome = serializers.ChoiceField(choices=[outcome.value for outcome in Outcome], allow_null=True)
    counts = serializers.BooleanField(help_text="Whether it is due, and so enters rates.")


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    """What became of a correction that a reader filed. Its words are here if it was accepted."""

    prediction = serializers.PrimaryKeyRelatedField[Prediction](
        source="correction.prediction", read_only=True
    )
    says = serializers.SerializerMethodField()
    editor = serializers.SerializerMethodField(help_text="The public name of whoever answered.")

    class Meta:
        model = Answer
        fields = ("id", "prediction", "accepted", "reason", "made_at", "editor", "says")

    def get_says(self, answer: Answer) -> str:
        return answer.correction.says if answer.accepted else ""

    def get_editor(self, answer: Answer) -> str:
        return public_name(answer.made_by, "an editor")


class AgreementSerializer(serializers.Serializer[Any]):
    """How far blind reviewers agree."""

    doubly_judged = serializers.IntegerField(help_text="Rounds in which two gave a blind verdict.")
    agreed = serializers.IntegerField(help_text="In how many of them the first two were the same.")
    alpha = serializers.FloatField(
        allow_null=True, help_text="Krippendorff's, nominal; null below `fewest`, or where nothing differs."
    )
    fewest = serializers.IntegerField()


class PredictionSerializer(serializers.ModelSerializer[Prediction]):
    """A prediction with all that was said and all that became of it. Its context names the day, as ``on``."""

    page = PageField()
    statement = StatementSerializer()
    topics = TopicSerializer(many=True)
    deadlines = DeadlineSerializer(
        many=True, help_text="The first is binding; later readings stand beside it."
    )
    forecasts = ForecastSerializer(many=True)
    events = EventSerializer(many=True)
    resolutions = ResolutionSerializer(many=True, help_text="In the order they were given; the last stands.")
    ballots = BallotSerializer(many=True, help_text="Blind verdicts, in the order they were given.")
    evidence = EvidenceSerializer(many=True)
    in_hindsight = serializers.BooleanField(
        read_only=True,
        help_text="Whether it, or its deadline, was entered after that deadline, when one could know already.",
    )
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Prediction
        fields = (
            "id",
            "page",
            "statement",
            "claim",
            "criteria",
            "polarity",
            "modality",
            "condition",
            "horizon_text",
            "undated_because",
            "knowable_from",
            "target_number",
            "target_unit",
            "says_again",
            "replaces",
            "inked_at",
            "inked_on",
            "in_hindsight",
            "standing",
            "topics",
            "deadlines",
            "forecasts",
            "events",
            "resolutions",
            "ballots",
            "evidence",
        )

    @extend_schema_field(StandingSerializer)
    def get_standing(self, prediction: Prediction) -> Any:
        return StandingSerializer(standing(prediction, self.context["on"])).data
