"""Public pages, kept as they were last rendered: by address, language and edition of the record.

A page of an older edition is never asked for again, so nothing need be deleted. Without the cache's
server every page is rendered, as if it had not been kept. The server is the broker's, too, and must not
be filled: in a minute only so many pages are kept, the rest are rendered.
"""

from __future__ import annotations

import gzip
import logging
import time
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from redis.exceptions import RedisError

from config import places
from ledger.dashboard.edition import edition
from ledger.urls import ASKED, KEPT

KEEP = 600
"""Seconds that a page is kept: pages of older editions go by themselves."""
KEEP_A_CHOICE = 60
"""As long a page with something after its "?": there are more of those than anybody will look at again."""
MOST = 200
"""So many pages are kept in a minute, and as many with something after the "?", which anybody can think up: together less than 100 MB at any time."""
CODE = max(
    path.stat().st_mtime
    for app in ("ledger", "predictions", "locale")
    for path in (places.ROOT / app).rglob("*.*")
)
"""Of which version the pages' makers are: another one's pages are not shown."""
log = logging.getLogger(__name__)


Page = tuple[dict[str, str], bytes]
"""The headers of an answer, and its body, packed."""


class PageCache:
    """Answers for the public pages from the cache, and keeps what was rendered.

    It stands before all others, so that an answer from the cache costs a look at the edition and one at
    the cache: what they would add to it (policy, language) is kept with it. Nobody is logged in on these
    pages, so nothing of it is anybody's own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or _name(request.path_info) not in KEPT:
            return self.get_response(request)
        _leave_what_is_asked(request)
        request.edition = edition(timezone.localdate())  # type: ignore[attr-defined]
        key = _key(request, request.edition)  # type: ignore[attr-defined]
        tag = f'W/"{key[:32]}"'
        if tag in request.headers.get("If-None-Match", ""):
            return _dressed(HttpResponse(status=304), tag)
        if found := _get(key):
            return _unpacked(request, *found)
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _may_be_kept(request, response):
            return response
        page = (dict(_dressed(response, tag).headers), gzip.compress(response.content, 6))
        _set(key, page, choice=bool(request.GET))
        return _unpacked(request, *page)


@lru_cache(maxsize=4096)
def _name(path: str) -> str | None:
    try:
        return resolve(path).url_name
    except Resolver404:
        return None


def _leave_what_is_asked(request: HttpRequest) -> None:
    """Take out of the address what the page does not ask for: it would be kept as many pages, all the same, and shown to others in links."""
    if not request.GET:
        return
    asked = (*ASKED.get(_name(request.path_info) or "", ()), "lang")
    left = urlencode([(name, value) for name in asked if (value := request.GET.get(name))])
    request.META["QUERY_STRING"] = left
    request.GET = QueryDict(left)


def _key(request: HttpRequest, edition: str) -> str:
    """Of what makes a page what it is: where, as what, in which language, and of which edition."""
    mode = (CODE, settings.REVIEWERS, settings.NOTICE_HOURS)
    language = get_language_from_request(request)
    what = (request.scheme, request.get_host(), request.get_full_path(), language, edition, mode)
    return sha256(repr(what).encode()).hexdigest()


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this page is the same for everybody: no cookie, no token against forgery."""
    asked_for_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    return response.status_code == 200 and not response.cookies and not asked_for_token


def _unpacked(request: HttpRequest, headers: dict[str, str], packed: bytes) -> HttpResponse:
    """The page as it was kept; packed still if the reader takes it so."""
    takes_it = "gzip" in request.headers.get("Accept-Encoding", "")
    body = packed if takes_it else gzip.decompress(packed)
    encoding = {"Content-Encoding": "gzip"} if takes_it else {}
    return HttpResponse(body, headers={**headers, **encoding, "Content-Length": str(len(body))})


def _dressed(response: HttpResponse, tag: str) -> HttpResponse:
    """With what tells a browser to ask again each time, and to be told in a word that nothing changed."""
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Accept-Language", "Cookie"))
    return response


def _get(key: str) -> Page | None:
    try:
        found: Page | None = cache.get(key)
    except RedisError as error:
        log.debug("no cache: %s", error)
        return None
    return found


def _set(key: str, page: Page, *, choice: bool) -> None:
    count = f"{'choices' if choice else 'pages'}-of-minute-{int(time.time()) // 60}"
    try:
        cache.add(count, 0, 120)
        if cache.incr(count) <= MOST:
            cache.set(key, page, KEEP_A_CHOICE if choice else KEEP)
    except (RedisError, ValueError) as error:  # a value error says that the count was not kept
        log.debug("no cache: %s", error)
