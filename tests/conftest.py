"""What every test may ask for. Real things: database, broker, worker, mail server, browser.

- ``db``, ``transactional_db``, ``client``, ``settings``, ``live_server``: pytest-django's. The database
  is SQLite in a file of its own, or the PostgreSQL of DATABASE_URL (``make test`` runs both).
  A test that commits (``transactional_db`` and all that asks for it) is undone by emptying the tables:
  what migrations wrote, the roles for instance, is not there in the next such test. Make what you need.
- ``smtp_sink``: a real SMTP server, emptied before each test; Django sends to it while the test runs.
  ``.messages`` (parsed, oldest first), ``.recipients``, ``.wait_for(2)``, ``.refusal = "451 later"``.
- ``broker``: the address (a REDIS_URL) of a real broker, emptied before each test; ``task.delay()``
  goes there while the test runs. Nobody takes the jobs but the worker of tests that asked for one.
- ``worker``: a real Celery worker process on the test's database and ``smtp_sink``, the links in its
  mails leading to ``live_server``. ``worker.run("ledger.tasks.flag_due")`` hands a job over through the
  broker and returns when it is done. Rows must be committed for it to see them: asking for it makes
  the test transactional by itself.
- ``page``: a new page in headless Chromium, nobody logged in, on ``live_server`` (``page.goto("/")``);
  SITE_URL is that server's. The test fails if a script on a page raised or the page broke its
  Content-Security-Policy.
- ``admin_page``: the same, logged in to the admin as a superuser ``admin``. Both can be in one test.
- ``new_page``: a function that makes further pages: ``new_page(viewport={...}, color_scheme="dark",
  java_script_enabled=False)`` takes what Playwright's ``new_context`` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
import redis
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client, override_settings
from django.utils import translation
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.celery import app
from tests import broker as broker_process
from tests import chromium, tampering
from tests.smtp_sink import SmtpSink
from tests.worker import Worker

# A slow machine is no fault of what is tested: neither an example nor the making of it is timed.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")

PATIENCE = 60_000
"""Milliseconds that a page has to come to what is expected of it: many shares may be at work on few processors."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--database-only``: on the second database of two, leave out what asks for none, and what looks through a browser.

    What a page asks of the database, tests of that page ask too, without a browser; what a browser makes
    of the page is the same on both.
    """
    parser.addoption("--database-only", action="store_true", help="run only tests that ask for a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Obey ``--database-only``."""
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not asks_for_database(item)])
        items[:] = filter(asks_for_database, items)


def asks_for_database(item: pytest.Item) -> bool:
    """Say whether a test is given a database, by its mark or by a fixture, and looks at it itself."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return "browser" not in fixtures and (
        item.get_closest_marker("django_db") is not None
        or bool(fixtures & {"db", "transactional_db", "live_server"})
    )


@pytest.fixture(scope="session", autouse=True)
def without_what_only_costs_time() -> Iterator[None]:
    """Leave out what is dear and not what any test is about.

    A password's hash is slow on purpose; old ones are still read. And each new ``Client`` would have
    WhiteNoise list every static file first: so it looks for those that are asked for.
    """
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher", *django_settings.PASSWORD_HASHERS]
    with override_settings(PASSWORD_HASHERS=hashers, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Put SQLite's test database into a file, so that a worker process can open it too."""
    database = connections["default"]
    if database.vendor == "sqlite":
        database.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    tampering.let_tests_empty_their_tables(database)


@pytest.fixture(autouse=True)
def _no_page_is_kept(settings: Settings) -> None:
    """Have every page rendered anew: what one test rendered is nothing to the next."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture(autouse=True)
def _no_language_is_kept() -> Iterator[None]:
    """Undo that a page asked for in another language leaves its thread in that language."""
    yield
    translation.deactivate()


# -- mail ------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[SmtpSink]:
    """Keep the mail server of all tests; ask for ``smtp_sink`` instead."""
    sink = SmtpSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def smtp_sink(smtp_server: SmtpSink, settings: Settings) -> SmtpSink:
    """Return a real SMTP server that Django sends to."""
    smtp_server.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_server.port
    return smtp_server


# -- jobs ------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def broker_server() -> Iterator[str]:
    """Keep the broker of all tests; ask for ``broker`` instead."""
    with broker_process.server() as at:
        app.conf.update(broker_url=f"redis+socket://{at}")
        yield f"unix://{at}"


@pytest.fixture
def broker(broker_server: str) -> str:
    """Return the address of a real, empty broker that ``task.delay()`` hands its jobs to."""
    with redis.Redis.from_url(broker_server) as line:
        line.flushall()
    return broker_server


@pytest.fixture(scope="session")
def worker_process(
    django_db_setup: None,
    live_server: LiveServer,
    broker_server: str,
    smtp_server: SmtpSink,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Worker]:
    """Keep the worker of all tests; ask for ``worker`` instead."""
    folder = tmp_path_factory.mktemp("worker")
    environ = {
        "DATABASE_URL": database_url(),
        "EMAIL_URL": smtp_server.url,
        "SITE_URL": live_server.url,
        "HINDSIGHT_VAR": str(folder),
    }
    with Worker(broker_server, environ, folder / "log") as worker:
        yield worker


def database_url() -> str:
    """Return the test database as a DATABASE_URL."""
    at = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    who = f"{at['USER']}:{at['PASSWORD']}" if at["PASSWORD"] else at["USER"]
    return f"postgres://{who}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@pytest.fixture
def worker(transactional_db: None, broker: str, smtp_sink: SmtpSink, worker_process: Worker) -> Worker:
    """Return a real Celery worker on the test's database."""
    return worker_process


# -- the browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Keep one headless Chromium for all tests."""
    path = chromium.executable()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, where Django would refuse the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of its own on ``live_server``."""
    settings.SITE_URL = live_server.url
    contexts, faults = [], []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    def open_page(**options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", hear)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "a page raised an error"


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a page of a reader who is not logged in."""
    return new_page()


@pytest.fixture
def admin_page(new_page: Callable[..., Page], live_server: LiveServer) -> Page:
    """Return a page of the superuser ``admin``."""
    client = Client()
    client.force_login(User.objects.create_superuser("admin", password="admin"))
    page = new_page()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return page
