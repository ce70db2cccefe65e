"""A prediction inside other people's pages: a frame of its own, and where to get it (https://oembed.com)."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from ledger.entries import Entry, entry
from ledger.standing import with_standing
from predictions.models import Prediction

WIDTH, HEIGHT = 560, 320
NARROWEST = 280


def framed(prediction: Prediction, width: int = WIDTH, height: int = HEIGHT) -> SafeString:
    """The tag that shows ``prediction`` as it stands in a page of somebody else's."""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>',
        f"{settings.SITE_URL}{reverse('embed', args=[prediction.pk])}",
        *(width, height, prediction.foretold),
    )


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # its type knows no view that takes an argument
def embed(request: HttpRequest, pk: int) -> HttpResponse:
    """One prediction as it stands, to be framed by anybody."""
    return render(request, "ledger/embed.html", {"entry": _entry(pk)})


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """How to frame the prediction whose page is ``?url=``; ``maxwidth`` and ``maxheight`` are kept to."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only JSON is given here.", status=501, content_type="text/plain")
    found = _entry(_number(request.GET.get("url", "")))
    width = max(min(WIDTH, _limit(request, "maxwidth", WIDTH)), NARROWEST)
    height = min(HEIGHT, _limit(request, "maxheight", HEIGHT))
    said = found.prediction.statement
    return JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "provider_name": "Hindsight",
            "provider_url": f"{settings.SITE_URL}/",
            "title": found.prediction.foretold,
            "author_name": said.speaker.name,
            "author_url": f"{settings.SITE_URL}{said.speaker.get_absolute_url()}",
            "width": width,
            "height": height,
            "html": framed(found.prediction, width, height),
        }
    )


def _entry(pk: int) -> Entry:
    return entry(get_object_or_404(with_standing(Prediction.objects.all()), pk=pk), timezone.localdate())


def _number(address: str) -> int:
    """The number of the prediction whose page ``address`` is, here."""
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        raise Http404("There is no such page here.") from None
    if found.url_name != "prediction" or not address.startswith(f"{settings.SITE_URL}/"):
        raise Http404("Only predictions of this ledger can be framed.")
    number: int = found.kwargs["pk"]
    return number


def _limit(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
