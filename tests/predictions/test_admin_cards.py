"""The card index: a speaker, a source or a topic gets an address of its own, whatever script its name is in."""

from __future__ import annotations

import pytest
from django.test import Client

from predictions.models import Source, Speaker, Topic
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "/admin/predictions/speaker/add/"


@pytest.mark.parametrize(
    ("name", "typed", "slug"),
    [
        ("Grace Hopper", "", "grace-hopper"),
        ("Grace Hopper", "amazing-grace", "amazing-grace"),
        ("王小明", "", "王小明"),
        ("王小明 Tesla", "", "王小明-tesla"),
        ("José Łuk", "", "josé-łuk"),
        ("Zoë", "", "zoe"),
        ("★", "", "speaker-1"),
        ("Ада", "", "ада"),
        ("Ada", "", "ada-1"),
    ],
)
def test_a_slug_is_made_where_none_was_typed(admin_client: Client, name: str, typed: str, slug: str) -> None:
    factories.speaker("Ada")
    admin_client.post(ADD, {"name": name, "slug": typed, "kind": "person"})
    assert Speaker.objects.get(name=name, slug=slug)


def test_sources_and_topics_get_one_too(admin_client: Client) -> None:
    source = {"title": "訪談", "kind": "talk", "language": "zh-Hant", "published_precision": "day"}
    admin_client.post("/admin/predictions/source/add/", source)
    admin_client.post("/admin/predictions/topic/add/", {"name": "機器人"})
    assert (Source.objects.get().slug, Topic.objects.get().slug) == ("訪談", "機器人")


def test_a_slug_that_is_emptied_stays_what_it_was(admin_client: Client) -> None:
    ada = factories.speaker("Ada")
    admin_client.post(
        f"/admin/predictions/speaker/{ada.pk}/change/", {"name": "Ada L.", "slug": "", "kind": "person"}
    )
    ada.refresh_from_db()
    assert (ada.name, ada.slug) == ("Ada L.", "ada")


def test_a_slug_that_is_taken_is_refused(admin_client: Client) -> None:
    factories.speaker("Ada")
    page = admin_client.post(ADD, {"name": "Other", "slug": "ada", "kind": "person"})
    assert page.status_code == 200
    assert not Speaker.objects.filter(name="Other").exists()
