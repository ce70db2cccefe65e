"""Text is packed on its way to readers who take it so: style sheets, scripts, pages that are not kept. Fonts and pictures are packed already."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")


class Packed(GZipMiddleware):
    """Django's packing, of text alone. Pages from the cache come packed and are left as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.get("Content-Type", "").startswith(PACKED)
        return super().process_response(request, response) if is_text else response
