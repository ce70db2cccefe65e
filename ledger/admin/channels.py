"""Where channels are set up. An address goes in, and never comes out again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminPasswordWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
)

from ledger.models import Channel, Subscription
from ledger.models.words import why_not
from ledger.post import briefs, subscriptions
from ledger.post.channels import posting, setting_up
from ledger.post.channels.addresses import SERVICES
from ledger.post.channels.answers import NotAnAddress, NotInstalled
from ledger.post.kinds import KINDS, TO_ACCOUNTS
from ledger.post.subscriptions import Subject
from ledger.rhythm import HOUR, Rhythm
from predictions.admin.base import ModelAdmin, signed_in
from predictions.admin.widgets import PickMany
from predictions.models import Prediction, Source, Speaker, Topic

TOLD = {kind: str(words.name) for kind, words in KINDS.items() if kind not in TO_ACCOUNTS}
"""The kinds that a channel can get."""
FOLLOWED: dict[str, type[Model]] = {
    "speakers": Speaker,
    "topics": Topic,
    "sources": Source,
    "predictions": Prediction,
}
LONGEST_WORDS = 100


def _pick(name: str) -> forms.ModelMultipleChoiceField[Any]:
    field: Any = Subscription._meta.get_field(name.removesuffix("s"))  # noqa: SLF001
    rows = FOLLOWED[name]._default_manager.all()  # noqa: SLF001
    return forms.ModelMultipleChoiceField(rows, required=False, widget=PickMany(field))


class ChannelForm(forms.ModelForm[Channel]):
    """What an editor says of a channel."""

    address = forms.CharField(
        required=False,
        max_length=1_000,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    speakers, topics = _pick("speakers"), _pick("topics")
    sources, predictions = _pick("sources"), _pick("predictions")
    words = forms.CharField(
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Words to look for, a search a line: all words of a line, in any order.",
    )
    wanted = forms.MultipleChoiceField(
        label="Kinds", required=False, choices=TOLD.items(), widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    rhythm = forms.ChoiceField(label="How often", choices=Rhythm.choices, widget=UnfoldAdminSelectWidget)
    hour = forms.TypedChoiceField(
        label="If in one post, at",
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        widget=UnfoldAdminSelectWidget,
    )
    time_zone = forms.ChoiceField(label="On the clock of", required=False, widget=UnfoldAdminSelectWidget)
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget)

    class Meta:
        model = Channel
        fields = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        channel: Channel | None = kwargs.get("instance")
        kwargs["initial"] = (_set_up(channel) if channel else _usual()) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        zones = sorted(name for name in available_timezones() if "/" in name)
        time_zone = self.fields["time_zone"]
        assert isinstance(time_zone, forms.ChoiceField)  # noqa: S101 (for the type checker)
        time_zone.choices = [("", f"{settings.TIME_ZONE}, as this ledger"), *((zone, zone) for zone in zones)]
        self.fields["address"].help_text = (
            f"A {SERVICES[channel.service]} address is kept, encrypted, and not shown again. Give another to replace it."
            if channel
            else "As Slack or Discord give it, or as Apprise writes it, such as ntfys://ntfy.example.org/topic or "
            "matrixs://TOKEN@matrix.example.org/!room. Whoever has it can post there: it is encrypted, and not shown again."
        )

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        if not address and not self.instance.pk:
            raise ValidationError("Give the address that posts should go to.")
        if address:
            try:
                posting.service_of(address)
            except (NotAnAddress, NotInstalled) as error:
                raise ValidationError(str(error)) from error
        return address

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["words"]).splitlines()]
        if any(len(line) > LONGEST_WORDS for line in lines):
            raise ValidationError(f"A search has at most {LONGEST_WORDS} characters.")
        if reason := next(filter(None, map(why_not, lines)), ""):
            raise ValidationError(reason)
        return [line for line in lines if line]

    @property
    def follows(self) -> list[Subject]:
        """What was chosen; everything, if nothing was."""
        chosen: list[Subject] = [row for name in FOLLOWED for row in self.cleaned_data[name]]
        return [*chosen, *self.cleaned_data["words"]] or [None]

    @property
    def unwanted(self) -> list[str]:
        return [kind for kind in TOLD if kind not in self.cleaned_data["wanted"]]


def _usual() -> dict[str, Any]:
    return {
        "wanted": list(TOLD),
        "rhythm": Rhythm.AT_ONCE,
        "hour": HOUR,
        "language": settings.LANGUAGE_CODE,
    }


def _set_up(channel: Channel) -> dict[str, Any]:
    reader = channel.reader
    live = reader.subscriptions.live()
    return {
        "rhythm": reader.rhythm,
        "hour": reader.hour,
        "time_zone": reader.time_zone,
        "language": reader.language,
        "wanted": [kind for kind in TOLD if kind not in reader.unwanted],
        "words": "\n".join(live.exclude(words="").order_by("pk").values_list("words", flat=True)),
    } | {
        name: model._default_manager.filter(subscriptions__in=live).distinct()  # noqa: SLF001
        for name, model in FOLLOWED.items()
    }


@admin.register(Channel)
class ChannelAdmin(ModelAdmin[Channel]):
    form = ChannelForm
    list_display = ("name", "posts_to", "follows", "taken", "waiting")
    search_fields = ("name",)
    actions = ("try_out",)
    fieldsets = (
        (None, {"fields": ("name", "address")}),
        (
            "What it follows",
            {
                "fields": ("speakers", "topics", "sources", "predictions", "words"),
                "description": "Every prediction, if nothing is chosen.",
            },
        ),
        ("What of it, and when", {"fields": ("wanted", "rhythm", "hour", "time_zone", "language")}),
    )

    @method_decorator(sensitive_post_parameters("address"))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().changeform_view(request, *args, **kwargs)
        return answer

    def get_queryset(self, request: HttpRequest) -> QuerySet[Channel]:
        return super().get_queryset(request).select_related("reader")

    def save_model(self, request: HttpRequest, obj: Channel, form: Any, change: bool) -> None:  # noqa: FBT001 (Django's name)
        given = form.cleaned_data
        reader = setting_up.set_up(
            obj,
            address=given["address"],
            follows=form.follows,
            at=datetime.now(UTC),
            by=signed_in(request),
        )
        subscriptions.choose(
            reader,
            rhythm=Rhythm(given["rhythm"]),
            hour=given["hour"],
            time_zone=given["time_zone"],
            unwanted=form.unwanted,
            language=given["language"],
        )

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is owed to a channel goes with it, and is nobody's to keep."""
        return [str(channel) for channel in objs], {}, set(), []

    @admin.action(description="Post a trial now", permissions=["change"])
    def try_out(self, request: HttpRequest, queryset: QuerySet[Channel]) -> None:
        for channel in queryset:
            try:
                posting.post(channel, briefs.trial(channel, channel.reader.language))
            except Exception as error:
                self.message_user(request, f"{channel}: {posting.what_is_wrong(error)}.", messages.ERROR)
            else:
                self.message_user(request, f"{channel}: the trial was taken.")

    @admin.display(description="posts to", ordering="service")
    def posts_to(self, channel: Channel) -> str:
        return SERVICES.get(channel.service, channel.service)

    @admin.display
    def follows(self, channel: Channel) -> str:
        live = channel.reader.subscriptions.live().with_subject().order_by("pk")
        return _listed([one.subject for one in live])

    @admin.display(description="last taken")
    def taken(self, channel: Channel) -> datetime | None:
        last = channel.reader.mails.exclude(sent_at=None).order_by("-sent_at").first()
        return last.sent_at if last else None

    @admin.display(description="waits because")
    def waiting(self, channel: Channel) -> str:
        held = channel.reader.mails.outstanding().exclude(last_error="").order_by("-pk").first()
        return held.last_error if held else ""


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if shown[3:] else "")
