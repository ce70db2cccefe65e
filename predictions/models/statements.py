"""Who said which words, where and when. A statement is ink; speakers, sources and topics are the card index."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from predictions.dates import Interval, Precision, interval, spelled

LONGEST_QUOTE = 5_000
PRECISIONS = [
    (Precision.DAY.value, "to the day"),
    (Precision.MONTH.value, "to the month"),
    (Precision.YEAR.value, "to the year"),
]


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    TRADITIONAL_CHINESE = "zh-Hant", "Chinese, traditional"
    SIMPLIFIED_CHINESE = "zh-Hans", "Chinese, simplified"
    OTHER = "und", "another language"


class Topic(models.Model):
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    """Whoever gives a prediction or a probability: a person, a company, a market, a crowd."""

    class Kind(models.TextChoices):
        PERSON = "person", "a person"
        ORGANISATION = "organisation", "an organisation"
        MARKET = "market", "a prediction market"
        CROWD = "crowd", "a crowd or panel of forecasters"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True, help_text="The last part of the public address.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    organisation = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        help_text="For whom they speak.",
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.slug])


class Source(models.Model):
    """Where words can be found: an episode, a talk, an article. It says when it came out, not when each thing in it was said."""

    class Kind(models.TextChoices):
        PODCAST = "podcast", "a podcast or interview"
        TALK = "talk", "a talk"
        ARTICLE = "article", "an article or a book"
        POST = "post", "a post"
        OTHER = "other", "something else"

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    url = models.URLField("address", max_length=1_000, blank=True)
    archive_url = models.URLField("archived at", max_length=1_000, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=PRECISIONS, default=Precision.DAY.value)
    language = models.CharField(max_length=8, choices=Language, default=Language.ENGLISH)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-published_on", "title")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.pk])


class SaidOn(models.Model):
    """Something said on a day, which may be known only to the month or the year."""

    said_on = models.DateField()
    said_precision = models.CharField(max_length=5, choices=PRECISIONS, default=Precision.DAY.value)

    class Meta:
        abstract = True

    @property
    def said_within(self) -> Interval:
        """The days on which it may have been said."""
        return interval(self.said_on, self.said_precision)

    @property
    def anchor(self) -> date:
        """The day horizons count from: the last on which it may have been said."""
        return self.said_within.last

    @property
    def said(self) -> str:
        """When it was said, in words, no more exactly than it is known."""
        return spelled(self.said_on, self.said_precision)


class Statement(SaidOn):
    """Somebody's words on a day. The date belongs here, not to the source."""

    class Attribution(models.TextChoices):
        SAID = "said", "their own words"
        PARAPHRASED = "paraphrased", "paraphrased by the source"
        REPORTED = "reported", "reported by somebody else"

    class Certainty(models.TextChoices):
        CERTAIN = "certain", "certain"
        LIKELY = "likely", "likely"
        UNSURE = "unsure", "unsure"

    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="statements")
    source = models.ForeignKey(Source, models.PROTECT, related_name="statements")
    quote = models.TextField(max_length=LONGEST_QUOTE, help_text="Word for word, as it stands in the source.")
    place = models.CharField(
        max_length=120, blank=True, help_text="Where in the source: 42:18, a page, a heading."
    )
    language = models.CharField(max_length=8, choices=Language, default=Language.ENGLISH)
    attribution = models.CharField(max_length=12, choices=Attribution, default=Attribution.SAID)
    speaker_certainty = models.CharField(
        max_length=8,
        choices=Certainty,
        default=Certainty.CERTAIN,
        help_text="How sure it is that this speaker said it.",
    )
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        ordering = ("said_on", "pk")

    def __str__(self) -> str:
        return f"{self.speaker}, {self.said}"
