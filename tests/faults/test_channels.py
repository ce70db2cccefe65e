"""Senders killed while services take posts: none is lost, and a crash costs one extra copy at most."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from config import places
from ledger import due
from ledger.models import Channel, Mail
from ledger.moments import end_of
from ledger.post import handing
from ledger.post.channels import setting_up
from tests import factories
from tests.chat_servers import services
from tests.conftest import database_url
from tests.faults.conftest import Scale

DUE = date(2026, 10, 1)
NOW = end_of(DUE) + timedelta(minutes=1)

SENDER = """
import django
django.setup()
from datetime import datetime
from ledger.post.channels import posting
posting.send(at=lambda: datetime.fromisoformat({at!r}))
"""


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_and_a_crash_costs_one_copy(
    tmp_path: Path, settings: Settings, at_scale: Scale
) -> None:
    settings.NOTICES = []
    with services() as there:
        channel = Channel(name="team")
        at = f"json://{there.host}/hook"
        setting_up.set_up(channel, address=at, follows=[None], at=NOW, by=None)
        environ = os.environ | {
            "DATABASE_URL": database_url(),
            "HINDSIGHT_VAR": str(tmp_path),
            "SECRET_KEY": settings.SECRET_KEY,
            "CHANNELS_PRIVATE": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

        def sender(at: datetime) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-c", SENDER.format(at=at.isoformat())]
            return subprocess.Popen(command, cwd=places.ROOT, env=environ)

        crashes, at_moment = at_scale.workers, NOW
        for crash in range(crashes):
            for number in range(2):
                factories.prediction(claim=f"Claim {crash} {number}")
            due.flag_due(on=DUE + timedelta(days=1), at=at_moment)
            dying: list[subprocess.Popen[bytes]] = []
            there.before_answering = lambda dying=dying: dying[0].send_signal(signal.SIGKILL)  # type: ignore[misc]
            dying.append(sender(at_moment))
            assert dying[0].wait(timeout=120) == -signal.SIGKILL
            at_moment += handing.LEASE
        assert Mail.objects.outstanding().count() > crashes
        there.before_answering = lambda: None
        while Mail.objects.outstanding().exists():
            assert sender(at_moment).wait(timeout=120) == 0
            at_moment += handing.LEASE

    told = Counter(taken.sent["title"] for taken in there.taken)
    assert len(told) == 2 * crashes
    assert sum(told.values()) - len(told) <= crashes
