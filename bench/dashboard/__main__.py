"""Measure the public pages with a large ledger: ``make bench-dashboard``, ``SCALE=10`` for a million predictions.

Each page, not kept, beside a view that renders the same template from a dictionary; how many
queries it asks; and how many requests a second two processes answer from the page cache.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.request import Request, urlopen

import django
from django.conf import settings

from config.run.__main__ import WEB

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["LOG_LEVEL"] = "ERROR"

PER_SCALE = 100_000
TURNS = 31
MOST_QUERIES, MOST_TIMES, FEWEST_A_SECOND, MOST_BYTES = 12, 2.0, 300, 150_000
PAGES = {
    "front": "/", "speakers": "/speakers/", "speaker": "/speakers/speaker-7/", "prediction": "/predictions/777/",
    "sources": "/sources/", "source": "/sources/7/", "topics": "/topics/", "topic": "/topics/topic-3/",
    "compare": "/compare/?a=speaker-7&b=speaker-8", "due": "/due/", "fell due": "/due/?when=past",
    "calendar": "/calendar/", "search": "/search/?q=number", "methodology": "/methodology/", "numbers": "/numbers/",
}  # fmt: skip


def main() -> int:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import override_settings, setup_test_environment  # noqa: PLC0415

    from bench.dashboard.fill import fill  # noqa: PLC0415
    from ledger.counting import reckoning  # noqa: PLC0415
    from ledger.dashboard import pictures  # noqa: PLC0415

    setup_test_environment()
    n, today = int(PER_SCALE * float(os.environ.get("SCALE", "1"))), datetime.now(UTC).date()
    call_command("migrate", verbosity=0)
    print(f"{n:,} predictions on {connection.vendor}")
    timed("fill by COPY", lambda: fill(n, today))
    timed("count everything", lambda: reckoning.reckon(today, lambda: datetime.now(UTC)))
    timed("draw what pages open with", pictures.redraw)
    with override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}):
        faults = [fault for name, at in PAGES.items() for fault in page(name, at)]
    return report([*faults, *load()])


def timed(what: str, do: Callable[[], object]) -> None:
    start = time.perf_counter()
    do()
    print(f"{what:30} {time.perf_counter() - start:8.1f} s")


def page(name: str, at: str) -> list[str]:
    """Print how a page does; return what it fails."""
    from django.db import connection  # noqa: PLC0415
    from django.shortcuts import render  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext, ContextList, override_settings  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    from config import urls  # noqa: PLC0415

    client = Client()
    client.get("/numbers/")
    response = client.get(at)
    if response.status_code != 200:
        return [f"{name}: status {response.status_code}"]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(at)
    queries = len(asked.captured_queries)
    template = str(response.templates[0].name)
    context = cast("ContextList", response.context)[0].flatten()
    context.pop("request", None)
    found, turn = response.resolver_match, itertools.count()

    def either(request: HttpRequest, **words: Any) -> HttpResponse:
        """The page, and every other time its template from a dictionary."""
        if next(turn) % 2:
            return render(request, template, context)
        return cast("HttpResponse", found.func(request, **words))

    both = ModuleType("both")
    both.urlpatterns = [path(found.route, either, name=found.url_name), *urls.urlpatterns]  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=both):
        pairs = [
            (measured(lambda: client.get(at)), measured(lambda: client.get(at))) for _ in range(TURNS + 1)
        ][1:]
    (own, own_processor), (plain, processor) = (
        [median(one) for one in zip(*turns, strict=True)] for turns in zip(*pairs, strict=True)
    )
    times = median(its.spent / plain.spent for its, plain in pairs)
    print(
        f"{name:12} {own * 1000:7.1f} ms, the dictionary {plain * 1000:6.1f} ms: {own / plain:4.1f} times; "
        f"processors {own_processor * 1000:6.1f} and {processor * 1000:5.1f} ms: {times:4.1f} times; {queries:2} queries"
    )
    faults = [f"{name}: {queries} queries"] if queries > MOST_QUERIES else []
    return faults + ([f"{name}: {times:.1f} times"] if times > MOST_TIMES else [])


class Took(NamedTuple):
    """What a turn took, in seconds: by the clock, and of the processors.

    The latter counts this process and the one that serves it in the database, and hardly depends on
    what else the machine does; where that is another machine, what this process spent.
    """

    waited: float
    spent: float


def measured(do: Callable[[], object]) -> Took:
    from django.db import connection  # noqa: PLC0415

    server = connection.connection.info.backend_pid
    clock, processor = time.perf_counter(), time.process_time() + of_process(server)
    do()
    return Took(
        time.perf_counter() - clock,
        time.process_time() + of_process(server) - processor,
    )


def of_process(number: int) -> float:
    """Seconds of processor time that a process of this machine has spent, as Linux tells it."""
    try:
        return int(Path(f"/proc/{number}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, IndexError):
        return 0.0


def load() -> list[str]:
    """Print how many requests a second two processes answer from the page cache, and what the front page weighs."""
    from tests import broker  # noqa: PLC0415

    faults = []
    with broker.server() as socket, served(f"unix://{socket}") as root:
        for name in ("front", "speaker"):
            weigh(root + PAGES[name])
            rate = loaded(root + PAGES[name])
            print(f"{name:12} {rate:7.0f} requests a second from the cache")
            if rate < FEWEST_A_SECOND:
                faults.append(f"{name}: {rate:.0f} requests a second")
        weight = over_the_wire(root)
        print(f"front page   {weight:,} bytes over the wire, style sheets and fonts included")
        if weight > MOST_BYTES:
            faults.append(f"front: {weight:,} bytes")
    return faults


@contextmanager
def served(broker: str) -> Any:
    at = "127.0.0.1:8197"
    command = [sys.executable, "-m", "gunicorn", "--bind", at, *WEB, "--log-level", "error", "config.wsgi"]
    with subprocess.Popen(command, env={**os.environ, "REDIS_URL": broker}) as server:  # noqa: S603
        try:
            for _ in range(100):
                time.sleep(0.2)
                try:
                    weigh(f"http://{at}/numbers/")
                    break
                except OSError:
                    continue
            yield f"http://{at}"
        finally:
            server.terminate()


def loaded(url: str) -> float:
    """Requests a second in five seconds: by wrk where it is installed, else by ``ab``-like threads of our own."""
    if wrk := shutil.which("wrk"):
        told = subprocess.run(  # noqa: S603
            [wrk, "-t1", "-c16", "-d5s", "-H", "Accept-Encoding: gzip", url],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return float(told.split("Requests/sec:")[1].split()[0])
    start, n = time.perf_counter(), 0
    while time.perf_counter() - start < 5:
        weigh(url)
        n += 1
    return n / (time.perf_counter() - start)


def weigh(url: str) -> tuple[int, bytes]:
    """The bytes of an answer as they are sent, and what it holds."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"}), timeout=30) as answer:  # noqa: S310  (loopback)
        body = answer.read()
    return len(body), body


def over_the_wire(root: str) -> int:
    """What a first visit to the front page sends: the page, its style sheets, both fonts, its sign."""
    from django.contrib.staticfiles import finders  # noqa: PLC0415

    static = (
        "ledger/site.css",
        "ledger/charts.css",
        "ledger/mark.svg",
        "ledger/fonts/newsreader-28-400-600.woff2",
        "ledger/fonts/source-sans-3-latin.woff2",
    )
    assert all(finders.find(one) for one in static)
    return weigh(root + "/")[0] + sum(
        weigh(f"{root}/{settings.STATIC_URL.strip('/')}/{one}")[0] for one in static
    )


def report(faults: list[str]) -> int:
    print(
        "\n".join(
            ["", *(f"FAILS {fault}" for fault in faults)] if faults else ["", "All within their bounds."]
        )
    )
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
