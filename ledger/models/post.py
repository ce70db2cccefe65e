"""The post office: who wants to hear of what, and the mail owed to them. Holds addresses; no part of the public record."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from ledger.models.channels import Channel
from ledger.models.corrections import Correction
from ledger.models.events import Event
from ledger.models.words import Words
from ledger.rhythm import HOUR, Rhythm
from predictions.models import Prediction, Source, Speaker, Topic

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SUBJECTS = ("speaker", "topic", "source", "prediction")
"""What can be followed by choosing it. Besides there are words to look for, and everything."""

BREATHER = timedelta(hours=1)
"""So long an editor is left alone after a mail with corrections, unless it is their turn."""


class Stop(models.TextChoices):
    """Why nothing goes to an address any more, as its provider reports."""

    UNREACHABLE = "the mailbox took no mail", gettext_lazy("the mailbox took no mail")
    UNWELCOME = (
        "somebody there reported it as unwanted",
        gettext_lazy("somebody there reported it as unwanted"),
    )


class Subscriber(models.Model):
    """Whom something can be owed to: an address given by its owner, an account, at the address it has, or a channel.

    Nothing is sent to an address that was given, but for the question itself, before its owner has confirmed.
    """

    email = models.EmailField(unique=True, null=True)  # noqa: DJ001 (none, not empty, where an account has it)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="mailbox")
    channel = models.OneToOneField(Channel, models.CASCADE, null=True, related_name="reader")
    created_at = models.DateTimeField()
    language = models.CharField(
        max_length=10,
        default=settings.LANGUAGE_CODE,
        help_text="In which its mail is written.",
    )
    rhythm = models.CharField("how often", max_length=9, choices=Rhythm, default=Rhythm.AT_ONCE)
    hour = models.PositiveSmallIntegerField("at what hour", default=HOUR)
    time_zone = models.CharField(
        max_length=64, blank=True, help_text="The installation's, if none is chosen."
    )
    unwanted = models.JSONField("kinds not wanted", default=list, blank=True)
    silenced = models.ManyToManyField(
        Prediction, blank=True, related_name="+", help_text="Predictions not to be written about."
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(
        max_length=120, blank=True, help_text="Why nothing can go there any more, such as a bounce."
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(email__isnull=False, user=None, channel=None)
                | Q(email=None, user__isnull=False, channel=None)
                | Q(email=None, user=None, channel__isnull=False),
                name="a_reader_has_one_address",
            ),
        )

    def __str__(self) -> str:
        return f"subscriber {self.pk}"

    @property
    def address(self) -> str:
        """Where its mail goes; empty if its account has none, or it is a channel."""
        account: User | None = self.user
        return account.email if account else self.email or ""

    @property
    def why_stopped(self) -> StrOrPromise:
        """Why nothing goes there any more, in the language that is active if we said so ourselves."""
        known = self.stopped_because in Stop.values
        return Stop(self.stopped_because).label if known else self.stopped_because

    @property
    def zone(self) -> ZoneInfo:
        """Of its own clock; the installation's, if none was chosen, or one that is not known here (any more)."""
        try:
            return ZoneInfo(self.time_zone or settings.TIME_ZONE)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo(settings.TIME_ZONE)

    @property
    def followed(self) -> list[Subscription]:
        """Its live subscriptions, the oldest first."""
        return sorted((one for one in self.subscriptions.all() if one.is_live), key=lambda one: one.pk)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def live(self) -> Self:
        """Confirmed and not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True)

    def with_subject(self) -> Self:
        """Joined with what the subject of each is called."""
        return self.select_related("speaker", "topic", "source", "prediction")


class Subscription(models.Model):
    """What a subscriber wants to hear of: a speaker, a topic, a source, a prediction, words to look for, or everything."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    speaker = models.ForeignKey(Speaker, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    prediction = models.ForeignKey(
        Prediction, models.CASCADE, null=True, blank=True, related_name="subscriptions"
    )
    words = models.CharField(
        "words to look for", max_length=100, blank=True, help_text="All of them, in any order."
    )
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(
        null=True, help_text="When its owner was last asked for a yes, as long as no answer came."
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = (
            *(
                models.UniqueConstraint(
                    fields=("subscriber", subject), name=f"a_{subject}_is_subscribed_to_once"
                )
                for subject in SUBJECTS
            ),
            models.UniqueConstraint(
                fields=("subscriber", "words"), condition=~Q(words=""), name="words_are_subscribed_to_once"
            ),
            models.UniqueConstraint(
                fields=("subscriber",),
                condition=Q(words="", **{f"{subject}__isnull": True for subject in SUBJECTS}),
                name="everything_is_subscribed_to_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subscriber} to {self.subject}"

    @property
    def is_live(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None

    @property
    def chosen(self) -> models.Model | None:
        """The speaker, topic, source or prediction that is followed; None if it is words or everything."""
        return self.speaker or self.topic or self.source or self.prediction

    @property
    def subject(self) -> str:
        """What it is about, for a reader."""
        if self.words:
            return f"“{self.words}”"
        return str(self.chosen) if self.chosen else _("every prediction")

    @property
    def about(self) -> str:
        """The same within a sentence: "predictions by Ada Byron"."""
        if self.words:
            return _("predictions with the words “%(words)s”") % {"words": self.words}
        if self.speaker:
            return _("predictions by %(speaker)s") % {"speaker": self.speaker}
        if self.topic:
            return _("predictions about %(topic)s") % {"topic": self.topic}
        if self.source:
            return _("predictions in %(source)s") % {"source": self.source}
        if self.prediction:
            return _("the prediction “%(prediction)s”") % {"prediction": self.prediction}
        return _("every prediction")

    def covers(self, prediction: Prediction) -> bool:
        """Whether its subject takes in ``prediction``. What ``outbox.OWE`` asks of many, asked of one."""
        if self.words:
            return Words.objects.filter(pk=prediction.pk).holding(self.words).exists()
        statement = prediction.statement
        if self.topic_id:
            return any(topic.pk == self.topic_id for topic in prediction.topics.all())
        wanted = (self.speaker_id, self.source_id, self.prediction_id)
        own = (statement.speaker_id, statement.source_id, prediction.pk)
        return all(want in {None, there} for want, there in zip(wanted, own, strict=True))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        """In no mail yet, and not dropped."""
        return self.filter(mail__isnull=True, dropped_at__isnull=True)

    def listed(self) -> Self:
        """What its mail names."""
        return self.filter(listed=True, dropped_at__isnull=True)

    def counted(self) -> Self:
        """What its mail has no room to name: it says how much more there is."""
        return self.filter(listed=False, dropped_at__isnull=True)

    def with_all(self) -> Self:
        """Joined with all that a mail about them is made of."""
        return self.select_related("subscription").prefetch_related(
            models.Prefetch("event", Event.objects.with_all()),
            models.Prefetch("correction", Correction.objects.with_all()),
        )

    def pressing(self, at: datetime) -> Self:
        """What waits ``at`` this moment for no turn of its reader: questions, and corrections that can still stop a verdict that is announced.

        Corrections come from anybody: they press again only ``BREATHER`` after the last mail with any.
        """
        ended = Event.objects.filter(
            kind__in=(Event.Kind.RESOLVED, Event.Kind.RETRACTED), resolution=OuterRef("resolution")
        )
        running = Event.objects.filter(
            ~Exists(ended), kind=Event.Kind.INTENDED, prediction=OuterRef("correction__prediction")
        )
        kind = Delivery.Kind
        lately = Delivery.objects.filter(
            kind=kind.TO_ANSWER, subscriber=OuterRef("subscriber"), mail__made_at__gt=at - BREATHER
        )
        pressing = Q(kind=kind.TO_ANSWER) & Q(Exists(running)) & ~Q(Exists(lately))
        return self.filter(Q(kind=kind.CONFIRM) | pressing)

    def outstanding(self) -> Self:
        """Neither sent nor dropped."""
        return self.filter(dropped_at__isnull=True).filter(
            Q(mail__isnull=True) | Q(mail__sent_at__isnull=True, mail__dropped_at__isnull=True)
        )


class MailQuerySet(models.QuerySet["Mail"]):
    def to_mailboxes(self) -> Self:
        """Those that go by mail."""
        return self.filter(subscriber__channel=None)

    def to_channels(self) -> Self:
        """Those that are posted to a channel."""
        return self.filter(subscriber__channel__isnull=False)

    def outstanding(self) -> Self:
        """Neither sent nor dropped."""
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)

    def with_all(self) -> Self:
        """With what is in each, and all that is asked of its reader before it goes out."""
        return self.select_related("subscriber__user", "subscriber__channel").prefetch_related(
            models.Prefetch("items", Delivery.objects.listed().with_all()),
            models.Prefetch("subscriber__subscriptions", Subscription.objects.with_subject()),
            "subscriber__silenced",
        )

    def sendable(self, at: datetime) -> Self:
        """Outstanding, not held by another sender, and past their back-off."""
        return self.outstanding().filter(Q(held_until__isnull=True) | Q(held_until__lte=at))


class Mail(models.Model):
    """One mail, or one post to a channel: an envelope round one thing that is owed, or round many. Sent later by whoever claims it.

    What is in it is settled when it is made, so that a second copy says the same under the same
    Message-ID, less what is no longer true.
    """

    key = models.CharField(
        max_length=120,
        unique=True,
        help_text="What makes this mail itself: the first thing in it, which is in no other.",
    )
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="mails")
    made_at = models.DateTimeField()
    surplus = models.PositiveIntegerField(default=0, help_text="How much more is in it than a mail can list.")
    held_until = models.DateTimeField(
        null=True, help_text="Until when a sender holds it, or no further try is made."
    )
    failures = models.PositiveIntegerField(default=0, help_text="How often it was handed over in vain.")
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text="How often of these the mail server refused it for good."
    )
    deferrals = models.PositiveSmallIntegerField(
        default=0, help_text="How often of these it refused it for now, but took others."
    )
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=120, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "pk")
        indexes = (
            models.Index(
                fields=("made_at",),
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
                name="outstanding_mails",
            ),
            models.Index(fields=("sent_at",), condition=Q(sent_at__isnull=False), name="mails_sent"),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def message_id(self) -> str:
        """The same for every copy of this mail, so that a mailbox can tell a second copy."""
        return f"<{uuid.uuid5(uuid.NAMESPACE_OID, self.key)}@{urlsplit(settings.SITE_URL).hostname}>"


class Delivery(models.Model):
    """One thing owed to one reader. Written together with what it tells of; put into a mail later."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", "please confirm"
        APPROACHING = Event.Kind.APPROACHING.value, "a deadline comes near"
        FELL_DUE = Event.Kind.FELL_DUE.value, "fell due"
        INTENDED = Event.Kind.INTENDED.value, "a verdict is announced"
        RETRACTED = Event.Kind.RETRACTED.value, "a verdict that was announced is taken back"
        RESOLVED = Event.Kind.RESOLVED.value, "a verdict"
        CORRECTED = Event.Kind.CORRECTED.value, "a correction"
        REMINDER = "reminder", "waits for a verdict"
        TO_ANSWER = "to_answer", "a correction waits for an answer"

    kind = models.CharField(max_length=20, choices=Kind)
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        db_index=False,  # the constraint below begins with it
        related_name="deliveries",
        help_text="What it tells of.",
    )
    subscription = models.ForeignKey(
        Subscription,
        models.CASCADE,
        null=True,
        db_index=False,  # so does another with this
        related_name="deliveries",
        help_text="What it asks about.",
    )
    correction = models.ForeignKey(
        Correction,
        models.PROTECT,
        null=True,
        db_index=False,  # and a third with this
        related_name="deliveries",
        help_text="What waits for the answer of whoever it is told.",
    )
    occasion = models.PositiveSmallIntegerField(default=0, help_text="Which time it is said.")
    owed_at = models.DateTimeField()
    told_from = models.DateTimeField(
        help_text="When what it tells of happened: later than owed, if it was flagged ahead of its day.",
    )
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="items")
    listed = models.BooleanField(
        db_default=True, help_text="Whether its mail names it, or only counts it, having no room."
    )
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=120, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ("owed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "subscriber", "kind", "occasion"), name="one_thing_is_owed_once"
            ),
            models.UniqueConstraint(fields=("subscription", "occasion"), name="one_question_is_owed_once"),
            models.UniqueConstraint(
                fields=("correction", "subscriber"), name="one_correction_is_told_of_once"
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False, subscription=None, correction=None)
                | Q(event=None, subscription__isnull=False, correction=None)
                | Q(event=None, subscription=None, correction__isnull=False),
                name="it_tells_of_one_thing_or_asks",
            ),
        )
        indexes = (
            models.Index(
                fields=("subscriber", "told_from"),
                condition=Q(mail__isnull=True, dropped_at__isnull=True),
                name="deliveries_in_no_mail",
            ),
        )

    def __str__(self) -> str:
        """What makes it itself: the same is never owed twice."""
        about = self.event_id or self.subscription_id or self.correction_id
        return f"{self.kind}:{about}:{self.subscriber_id}:{self.occasion}"

    @property
    def prediction(self) -> Prediction:
        """The one it is about. Raises ``ValueError`` of a question, which is about none."""
        told = self.event or self.correction
        if told is None:
            raise ValueError("A question is about no prediction.")
        return told.prediction
