"""Where a request came from, for the limits on what anybody may send."""

from __future__ import annotations

from datetime import datetime
from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from ledger.moments import day_of
from ledger.post import senders

HOUSEHOLD = 64
"""The bits of an IPv6 address that whoever has it cannot choose."""


def sender_of(request: HttpRequest, what: str, at: datetime) -> str:
    """The fingerprint, on the day of ``at``, of where ``request`` came from; another for each ``what`` that is counted by itself."""
    return senders.fingerprint(place_of(request), day_of(at), f"{what}:{settings.SECRET_KEY}")


def place_of(request: HttpRequest) -> str:
    """Whoever asked, by their address; of IPv6 by the network of it, since one household has 2⁶⁴ of them."""
    said = address_of(request)
    try:
        address = ip_address(said.strip("[]"))
    except ValueError:
        return said
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), HOUSEHOLD), strict=False))


def is_behind_a_stranger(request: HttpRequest) -> bool:
    """Whether a proxy that ``PROXIES`` does not count handed ``request`` on: then many may have the one address."""
    return settings.PROXIES == 0 and "X-Forwarded-For" in request.headers


def address_of(request: HttpRequest) -> str:
    """Who asked: behind ``PROXIES`` proxies of ours, whom the first of these saw; what stands left of that anybody can write."""
    passed_on = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    known = 0 < settings.PROXIES <= len(passed_on)
    return (passed_on[-settings.PROXIES] if known else "") or request.META.get("REMOTE_ADDR", "")
