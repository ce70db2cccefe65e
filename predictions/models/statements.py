"""Who said which words, where and when. A statement is ink; speakers, sources and topics are the card index."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from predictions.dates import Interval, Precision, interval
from predictions.spelling import spelled

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
    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    """Whoever gives a prediction or a probability: a person, a company, a market, a crowd."""

    class Kind(models.TextChoices):
        PERSON = "person", pgettext_lazy("kind of speaker", "a person")
        ORGANISATION = "organisation", pgettext_lazy("kind of speaker", "an organisation")
        MARKET = "market", pgettext_lazy("kind of speaker", "a prediction market")
        CROWD = "crowd", pgettext_lazy("kind of speaker", "a crowd or panel of forecasters")

    name = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=120, unique=True, allow_unicode=True, help_text="The last part of the public address."
    )
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
        PODCAST = "podcast", pgettext_lazy("kind of source", "a podcast or interview")
        TALK = "talk", pgettext_lazy("kind of source", "a talk")
        ARTICLE = "article", pgettext_lazy("kind of source", "an article or a book")
        POST = "post", pgettext_lazy("kind of source", "a post")
        OTHER = "other", pgettext_lazy("kind of source", "something else")

    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    url = models.URLField("address", max_length=1_000, blank=True)
    archive_url = models.URLField("archived at", max_length=1_000, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=PRECISIONS, default=Precision.DAY.value)
    language = models.CharField(max_length=8, choices=Language, default=Language.ENGLISH)
    note = models.CharField(max_length=500, blank=True)
    chosen_by_hand = models.BooleanField(
        "picked by hand",
        default=False,
        help_text="Its entries were picked out, not found by going through all of it. "
        "Pages whose shares rest on them say so: such shares describe the choice, not the speaker.",
    )

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
        SAID = "said", pgettext_lazy("how words are given", "their own words")
        PARAPHRASED = "paraphrased", pgettext_lazy("how words are given", "paraphrased by the source")
        REPORTED = "reported", pgettext_lazy("how words are given", "reported by somebody else")

    class Certainty(models.TextChoices):
        CERTAIN = "certain", pgettext_lazy("how sure it is who spoke", "certain")
        LIKELY = "likely", pgettext_lazy("how sure it is who spoke", "likely")
        UNSURE = "unsure", pgettext_lazy("how sure it is who spoke", "unsure")

    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="statements")
    source = models.ForeignKey(Source, models.PROTECT, related_name="statements")
    quote = models.TextField(
        max_length=LONGEST_QUOTE,
        blank=True,
        help_text="Word for word, as it stands in the source; empty if the source only reports what was said.",
    )
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
