"""Guessing a password at the admin's door: so often from one place, and no more."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ledger.models import Sender
from ledger.views.login import MOST_A_DAY, MOST_NAMES_A_DAY

pytestmark = pytest.mark.django_db
RIGHT = "the right words"


@pytest.fixture(autouse=True)
def _root() -> None:
    User.objects.create_superuser("root", password=RIGHT)


def log_in(password: str, *, name: str = "root", place: str = "192.0.2.1", **headers: str) -> str:
    """The page that comes back; empty if the door opens."""
    client = Client(REMOTE_ADDR=place, headers=headers)
    answer = client.post("/admin/login/", {"username": name, "password": password})
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


def test_made_up_names_are_not_counted_without_end() -> None:
    for number in range(MOST_NAMES_A_DAY):
        assert "Please enter the correct" in log_in("a guess", name=f"name-{number}")
    kept = Sender.objects.count()
    assert "too many wrong passwords" in log_in("a guess", name="one more")
    assert Sender.objects.count() == kept


def test_behind_a_proxy_that_nobody_told_of_it_takes_ten_times_as_many() -> None:
    for number in range(10 * MOST_A_DAY):
        log_in("a guess", x_forwarded_for=f"203.0.113.{number}")
    assert "too many wrong passwords" in log_in(RIGHT, x_forwarded_for="198.51.100.7")
    Sender.objects.all().delete()
    for _ in range(MOST_A_DAY):
        log_in("a guess", x_forwarded_for="203.0.113.9")
    assert log_in(RIGHT, x_forwarded_for="198.51.100.7") == ""


def test_the_right_one_makes_the_wrong_ones_before_it_forgotten() -> None:
    for _ in range(2):
        for _ in range(MOST_A_DAY - 1):
            log_in("a guess")
        assert log_in(RIGHT) == ""
    assert not Sender.objects.exists()
