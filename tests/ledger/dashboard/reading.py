"""Reading the public pages as a reader does: the words of them, without the tags."""

from __future__ import annotations

import re

from django.test import Client


def text(client: Client, address: str, status: int = 200) -> str:
    """The words of a page, without tags and with single spaces."""
    response = client.get(address)
    assert response.status_code == status
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(bare.split()).replace(" ,", ",").replace(" .", ".")


def h1(client: Client, address: str) -> str:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", client.get(address).content.decode(), re.DOTALL)
    assert len(found) == 1
    return str(found[0])
