"""Which machines may be reached by an address that somebody gave: it may be meant for what only this machine can reach."""

from __future__ import annotations

import socket
from ipaddress import IPv6Address, IPv6Network, ip_address

GLOBAL = IPv6Network("2000::/3")
"""All that is given out of IPv6. What lies beside it spells addresses of IPv4, or is of some network alone."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the whole internet's: no private one, nor one of this machine or network."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and (ip not in GLOBAL or ip.sixtofour or ip.teredo):
        return False
    return ip.is_global and not ip.is_multicast


def look_up(host: str, port: int) -> list[str]:
    """The addresses of ``host``, which may be spelled as a number in any way that the system reads."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
