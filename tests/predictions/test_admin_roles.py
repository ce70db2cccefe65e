"""Two roles: who logs sees the logging, who judges sees the desk."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
LOG, READING = "/admin/predictions/prediction/add/", "/admin/predictions/prediction/reading/"
DESK = "/admin/ledger/desk/"


@pytest.fixture(autouse=True)
def _roles() -> None:
    """Make the roles as the migrations do: tests that empty the database take them away."""
    give_roles()


def give_roles() -> None:
    import_module("predictions.migrations.0003_loggers").give_role(apps, None)
    import_module("ledger.migrations.0002_reviewers").give_roles(apps, None)


def client_with(*roles: str, staff: bool = True) -> Client:
    user = User.objects.create_user("somebody", is_staff=staff)
    user.groups.set(Group.objects.filter(name__in=roles))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("roles", "log", "desk"),
    [
        (["Loggers"], 200, 403),
        (["Reviewers"], 403, 200),
        (["Loggers", "Reviewers"], 200, 200),
        ([], 403, 403),
    ],
)
def test_each_role_has_its_own_desk(roles: list[str], log: int, desk: int) -> None:
    client = client_with(*roles)
    entry = factories.prediction("in one month", odds=0.5)
    assert client.get(LOG).status_code == log
    assert client.post(READING).status_code == log
    assert client.get(DESK).status_code == desk
    assert client.get(f"{DESK}{entry.pk}/").status_code == desk
    assert client.post(f"{DESK}{entry.pk}/evidence/").status_code in ({desk, 422} if desk == 200 else {desk})
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        (
            "Loggers",
            ["Log a prediction", "Speakers", "Sources", "Topics"],
            ["Resolution desk", "Verdicts", "Post"],
        ),
        ("Reviewers", ["Resolution desk", "Verdicts"], ["Log a prediction", "Post", "Users"]),
    ],
)
def test_the_sidebar_holds_what_the_role_may_do(role: str, seen: list[str], unseen: list[str]) -> None:
    navigation = client_with(role).get("/admin/").context["sidebar_navigation"]
    titles = {item["title"] for section in navigation for item in section["items"]}
    titles |= {section["title"] for section in navigation}
    assert set(seen) <= titles
    assert not set(unseen) & titles


def test_who_logs_can_do_all_of_logging() -> None:
    client = client_with("Loggers")
    entry = factories.prediction("soon")
    for page in (
        "/admin/predictions/speaker/add/",
        "/admin/predictions/source/add/",
        "/admin/predictions/topic/add/",
        f"/admin/predictions/prediction/{entry.pk}/change/",
        f"/admin/ledger/desk/{entry.pk}/date/",
        f"/admin/ledger/desk/{entry.pk}/withdraw/",
    ):
        assert client.get(page).status_code == 200, page
    asked = {"app_label": "predictions", "model_name": "statement", "field_name": "speaker", "term": ""}
    assert client.get("/admin/autocomplete/", asked).status_code == 200


def test_who_judges_can_look_at_what_was_said_but_not_touch_it() -> None:
    client = client_with("Reviewers")
    entry = factories.prediction("soon")
    assert client.get(f"/admin/predictions/prediction/{entry.pk}/change/").status_code == 200
    assert client.get(f"/admin/ledger/desk/{entry.pk}/date/").status_code == 403
    assert client.get("/admin/predictions/speaker/add/").status_code == 403
    assert client.get("/admin/ledger/subscription/").status_code == 403


@pytest.mark.parametrize("staff", [False, None])
def test_everybody_else_is_sent_to_the_log_in(staff: bool | None) -> None:  # noqa: FBT001  (a table's column)
    client = Client() if staff is None else client_with("Loggers", "Reviewers", staff=staff)
    entry = factories.prediction()
    for page in (LOG, DESK, f"{DESK}{entry.pk}/", f"{DESK}{entry.pk}/withdraw/", f"{DESK}{entry.pk}/anew/"):
        response = client.get(page)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


def test_making_the_roles_again_changes_nothing() -> None:
    before = list(Group.objects.order_by("name").values_list("name", "permissions__codename"))
    give_roles()
    assert sorted(before) == sorted(Group.objects.values_list("name", "permissions__codename"))
