"""What search engines ask for first: which pages there are, and which they may read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ledger import languages
from predictions.models import Prediction, Source, Speaker, Topic

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /search/
Disallow: /compare/?
Disallow: /language/
Sitemap: {site}{sitemap}
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: everything public but what has no end of addresses."""
    text = ROBOTS.format(site=settings.SITE_URL, sitemap=reverse("sitemap"))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


class Pages(Sitemap[Any]):
    """A part of the map. Addresses are those of the installation, whatever host was asked."""

    limit = 5_000
    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return str(urlsplit(settings.SITE_URL).netloc)

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        """Each page once in every language, naming all of them."""
        return [
            {**url, "location": address, "alternates": _alternates(at)}
            for url in super().get_urls(page, site, protocol)
            for at in [languages.addresses(urlsplit(url["location"]).path)]
            for address in at.values()
        ]


def _alternates(at: dict[str, str]) -> list[dict[str, str]]:
    usual = at[settings.LANGUAGE_CODE]
    return [{"lang_code": code, "location": where} for code, where in (*at.items(), ("x-default", usual))]


class Fixed(Pages):
    def items(self) -> list[str]:
        return [
            "dashboard",
            "speakers",
            "topics",
            "sources",
            "due",
            "compare",
            "methodology",
            "numbers",
            "corrections",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class Speakers(Pages):
    def items(self) -> QuerySet[Speaker]:
        return Speaker.objects.filter(statements__predictions__isnull=False).distinct().order_by("pk")


class Topics(Pages):
    def items(self) -> QuerySet[Topic]:
        return Topic.objects.filter(predictions__isnull=False).distinct().order_by("pk")

    def location(self, item: Topic) -> str:
        return reverse("topic", args=[item.slug])


class Sources(Pages):
    def items(self) -> QuerySet[Source]:
        return Source.objects.filter(statements__predictions__isnull=False).distinct().order_by("pk")


class Predictions(Pages):
    def items(self) -> QuerySet[Prediction]:
        last = Coalesce(Max("events__recorded_at"), "inked_at")
        return Prediction.objects.order_by("pk").annotate(changed=last)

    def lastmod(self, item: Prediction) -> datetime:
        changed: datetime = item.changed  # type: ignore[attr-defined]  # annotated above
        return changed


MAPS: dict[str, type[Pages]] = {
    "pages": Fixed,
    "speakers": Speakers,
    "topics": Topics,
    "sources": Sources,
    "predictions": Predictions,
}
