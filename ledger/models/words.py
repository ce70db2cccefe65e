"""The words that predictions are found by, and what it means that one holds those somebody looks for.

Whoever looks for words finds the same everywhere: on the page, over the API, in feeds and calendars,
and by a subscription.
"""

from __future__ import annotations

import re
from typing import Self

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from ledger.wording import number
from predictions.models import Prediction

MOST_WORDS = 8
"""So many of the words somebody gives are looked for."""
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
STEMS = "english"
NOWHERE = "\ufffd"
"""What stands for a sign that no database keeps; PostgreSQL would overlook it."""


def terms_of(words: str) -> list[str]:
    """What is looked for in ``words``, each by itself."""
    return words.split()[:MOST_WORDS]


class WordsQuerySet(models.QuerySet["Words"]):
    def holding(self, words: str) -> Self:
        """Those that hold all the ``words``, in any order.

        PostgreSQL looks for them by their stems in an index, and for Chinese by its signs in their order.
        It knows no capitals but A to Z in a database whose locale is C; C.UTF-8 does.
        SQLite has no such index and looks for the letters as they were typed, wherever they stand.
        """
        terms = terms_of(words)
        if NOWHERE in words:
            return self.none()
        if connection.vendor != "postgresql":
            found = self
            for term in terms:
                # LIKE knows no capitals but A to Z; the other way is slower.
                found = found.filter(
                    **{"text__icontains": term} if term.isascii() else {"text__iregex": re.escape(term)}
                )
            return found
        if not terms:
            return self
        asked, values = _asked(terms)
        held = (
            f'"document" @@ ({asked})'  # without its table, which goes by another name within another query
        )
        return self.filter(RawSQL(held, values, output_field=models.BooleanField()))  # noqa: S611  (no words of others')


def why_not(words: str) -> str:
    """Why ``words`` cannot be looked for as they are, for whoever wants to be told of what holds them; empty if they can."""
    if len(words.split()) > MOST_WORDS:
        return _("Give at most %(n)s words.") % {"n": number(MOST_WORDS)}
    terms = terms_of(words)
    if connection.vendor == "postgresql" and terms:
        asked, values = _asked(terms)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT numnode({asked})", values)
            if cursor.fetchone() == (0,):
                return _(
                    "Nothing can be found by these words alone: they stand in nearly every text. Add another."
                )
    return ""


def _asked(terms: list[str]) -> tuple[str, list[str]]:
    """The query for ``terms``, and the values in it."""
    plain = " ".join(term for term in terms if not CHINESE.search(term))
    queries = [("plainto_tsquery", plain)] if plain else []
    queries += [("phraseto_tsquery", CHINESE.sub(r" \g<0> ", term)) for term in terms if CHINESE.search(term)]
    asked = " && ".join(f"{parse}(%s, %s)" for parse, _words in queries)
    return asked, [value for _parse, words in queries for value in (STEMS, words)]


class Words(models.Model):
    """All the words a prediction is found by: its claim and quote, the names of its speaker and source.

    On PostgreSQL the table has a further column, ``document``: the same words by their stems, each Chinese
    sign a word of its own, with an index.
    """

    prediction = models.OneToOneField(Prediction, models.CASCADE, primary_key=True, related_name="words")
    said_on = models.DateField()
    text = models.TextField()

    objects = WordsQuerySet.as_manager()

    class Meta:
        ordering = ("-said_on", "-pk")
        indexes = (models.Index(fields=("-said_on", "-prediction"), name="words_said_last_first"),)

    def __str__(self) -> str:
        return f"words of {self.prediction_id}"
