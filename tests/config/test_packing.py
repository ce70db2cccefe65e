"""What is text reaches readers packed, whoever made it; what is packed already is left alone."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
TAKES_IT = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("address", ["/", "/log/", "/subscribe/", "/static/ledger/site.css", "/api/v1/"])
def test_text_is_packed_for_those_who_take_it(client: Client, address: str) -> None:
    plain, packed = client.get(address), client.get(address, headers=TAKES_IT)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Encoding" not in plain
    whole = gzip.decompress(packed.getvalue())
    assert len(packed.getvalue()) < len(whole)
    assert whole[:9] == plain.getvalue()[:9]


def test_a_font_is_packed_already_and_left_alone(client: Client) -> None:
    font = client.get("/static/ledger/fonts/source-sans-3-latin.woff2", headers=TAKES_IT)
    assert "Content-Encoding" not in font
    assert font.getvalue()[:4] == b"wOF2"
