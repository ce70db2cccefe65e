"""Reviewers at one queue at the same moment: the full crowd is in tests/faults."""

from __future__ import annotations

import pytest

from tests import crowd

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_judges_too_much_and_nothing_is_lost_when_all_judge_at_once() -> None:
    done = crowd.work(crowd.fill(items=8, reviewers=6))
    crowd.assert_fair(done["taken"])
