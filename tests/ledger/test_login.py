"""Guessing a password at the admin's door: so often from one place, and no more."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ledger.models import Sender
from ledger.views.login import MOST_A_DAY

pytestmark = pytest.mark.django_db
RIGHT = "the right words"


@pytest.fixture(autouse=True)
def _root() -> None:
    User.objects.create_superuser("root", password=RIGHT)


def log_in(password: str, *, name: str = "root", place: str = "192.0.2.1") -> str:
    """The page that comes back; empty if the door opens."""
    answer = Client(REMOTE_ADDR=place).post("/admin/login/", {"username": name, "password": password})
    return "" if answer.status_code == 302 else answer.content.decode()


def test_after_so_many_wrong_ones_the_right_one_is_not_looked_at_either() -> None:
    for _ in range(MOST_A_DAY):
        assert "Please enter the correct" in log_in("a guess")
    assert "too many wrong passwords" in log_in(RIGHT)


def test_neither_another_place_nor_another_name_is_kept_out_by_them() -> None:
    User.objects.create_superuser("other", password=RIGHT)
    for _ in range(MOST_A_DAY):
        log_in("a guess")
    assert log_in(RIGHT, place="192.0.2.2") == ""
    assert log_in(RIGHT, name="other") == ""


def test_the_right_one_makes_the_wrong_ones_before_it_forgotten() -> None:
    for _ in range(2):
        for _ in range(MOST_A_DAY - 1):
            log_in("a guess")
        assert log_in(RIGHT) == ""
    assert not Sender.objects.exists()
