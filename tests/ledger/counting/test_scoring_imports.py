"""Who serves pages does not pay for the arithmetic: it is loaded where it is done."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import ledger.counting.figures, ledger.tasks, config.wsgi
print(sorted({name.partition(".")[0] for name in sys.modules} & {"scipy", "numpy"}))
"""


def test_the_web_process_loads_neither_scipy_nor_numpy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env={"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
