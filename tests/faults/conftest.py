"""What the fault tests may ask for: ``stack``, an installation of either kind, and ``at_scale``, how much to break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.faults import stacks
from tests.faults.stacks import Stack
from tests.smtp_sink import SmtpSink


@dataclass(frozen=True)
class Scale:
    """How many processes die among how many alerts."""

    readers: int
    pool_processes: int
    workers: int


FULL, SHORT = Scale(400, 80, 20), Scale(20, 8, 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--short", action="store_true", help="break less, for every change")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "at_length: left out by --short, which proves its point by another test"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Obey ``--short``."""
    if config.getoption("--short"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("at_length")])
        items[:] = [item for item in items if not item.get_closest_marker("at_length")]


@pytest.fixture(scope="session")
def at_scale(request: pytest.FixtureRequest) -> Scale:
    return SHORT if request.config.getoption("--short") else FULL


@pytest.fixture(params=[stacks.EMBEDDED, stacks.SERVERS])
def stack(request: pytest.FixtureRequest, smtp_server: SmtpSink) -> Iterator[Stack]:
    """Return an installation that is set up and that nobody works at yet."""
    smtp_server.clear()
    with stacks.stack(request.param, smtp_server) as made:
        yield made
