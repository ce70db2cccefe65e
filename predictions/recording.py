"""Links to a moment in a recording, for the addresses that allow one. Pure: no Django."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

MEDIA = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".mp4", ".m4v", ".webm")


def clock(seconds: float) -> str:
    """A time into a recording as players show it: "42:18", "1:02:03"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def moment(url: str, seconds: float | None) -> str | None:
    """The address of the recording at ``url`` so many seconds into it; None if such an address cannot be made."""
    if seconds is None or not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host, at = (parts.hostname or "").removeprefix("www.").removeprefix("m."), int(seconds)
    if host in {"youtube.com", "youtu.be"}:
        query = [(key, value) for key, value in parse_qsl(parts.query) if key != "t"]
        return parts._replace(query=urlencode([*query, ("t", f"{at}s")]), fragment="").geturl()
    if host == "vimeo.com":
        return parts._replace(fragment=f"t={at}s").geturl()
    if parts.path.lower().endswith(MEDIA):
        return parts._replace(fragment=f"t={at}").geturl()
    return None
