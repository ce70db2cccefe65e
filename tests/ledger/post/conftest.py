"""What tests of the post may ask for."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture
def no_notices(settings: Settings) -> None:
    """Announce no deadline beforehand."""
    settings.NOTICES = []
