"""What an installation may have beside what everybody has: ``requirements-extra.txt``, turned on by the environment."""

from __future__ import annotations

from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured


def needed(package: str, variable: str) -> None:
    """End the program with a line that says what to do, if ``variable`` is set and ``package`` is not there."""
    if find_spec(package) is None:
        raise ImproperlyConfigured(
            f"{variable} needs a package that is not installed. Try: .venv/bin/pip install -r requirements-extra.txt"
        )
