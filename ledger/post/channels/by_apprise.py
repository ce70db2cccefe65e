"""The services that can be posted to, through Apprise: an extra, and imported only where there is a channel."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import apprise
from django.conf import settings

from ledger.post.channels.addresses import SERVICES
from ledger.post.channels.answers import NotAnAddress, NotTaken
from ledger.post.channels.guarded import watched

SAID_BESIDES = {"mode", "verify", "priority", "tags", "auth", "token", "v", "version", "thread"}
"""What an address may say besides; others name files to read."""
ORDERS = re.compile(r"(?P<address>https?://\S+)|[\\`*_~|\[<]|^\s*[>#-]", re.MULTILINE)
MOST_SIGNS = 300
"""With more in a post than these, it would come to be longer than Discord takes."""


def service_of(address: str) -> str:
    """The scheme that ``address`` comes down to, as ``SERVICES`` names it. Raises ``NotAnAddress``."""
    return str(_plugin(address).schema)


def post(address: str, title: str, text: str) -> None:
    """Post once. Raises ``NotTaken``, or ``NotAnAddress`` for what was never checked."""
    service = _plugin(address)
    if service.schema.startswith("matrix"):  # which would make a heading of it, in a plain text
        title, text = "", f"{title}\n{text}"
    if service.schema == "discord":
        title, text = as_it_stands(title), as_it_stands(text)
    with watched() as watch:
        done = service.notify(title=title, body=text, body_format=apprise.NotifyFormat.TEXT)
    if not done:
        raise NotTaken(watch.status, timedelta(seconds=watch.wait), watch.kept_out)


def as_it_stands(text: str) -> str:
    """``text`` for Discord, which takes stars, underscores and the like for orders; addresses are left as they are."""
    told, signs = ORDERS.subn(lambda found: found["address"] or f"{found[0][:-1]}\\{found[0][-1]}", text)
    return told if signs <= MOST_SIGNS else text


def _plugin(address: str) -> Any:
    parts: dict[str, Any] | None = apprise.plugins.url_to_dict(address.strip())  # type: ignore[no-untyped-call]
    if not parts or parts["schema"] not in SERVICES:
        raise NotAnAddress(
            "This is no address of Slack, Discord, Matrix, ntfy or a web hook, as Apprise writes them."
        )
    if strange := sorted(key for key in parts["qsd"] if not _may_be_said(key, parts["schema"])):
        raise NotAnAddress(f"“{strange[0]}” cannot be said in an address here.")
    plugin: Any = apprise.Apprise.instantiate(
        {**parts, "redirect": False, "e2ee": False}, asset=_asset(), suppress_exceptions=True
    )
    if plugin is None:
        raise NotAnAddress("Something is missing in the address, or is not as that service has it.")
    everywhere = parts["schema"].startswith("matrix") and plugin.mode == "off" and not plugin.rooms
    if len(plugin) != 1 or everywhere:
        raise NotAnAddress("Name one place: a post that reached one of two would be made again in both.")
    return plugin


def _may_be_said(key: str, scheme: str) -> bool:
    own = key == "method" or key.startswith(("+", "-", ":"))  # headers, parameters, fields
    return key in SAID_BESIDES or (own and scheme.startswith("json"))


def _asset() -> apprise.AppriseAsset:
    return apprise.AppriseAsset(
        app_id="Hindsight",
        app_desc="Hindsight",
        app_url=settings.SITE_URL,
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        http_redirects=False,
        secure_logging=True,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )
