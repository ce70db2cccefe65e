"""Measure the sweep: ``make bench-sweep``, ``SCALE=3`` for three million predictions, ``ARGS=memory`` for one part of it.

Whatever is compared runs in this one run, on the same rows: read the ratios. Exit status 1 if a bound is missed.
"""

from __future__ import annotations

import os
import sys

import django

PARTS = ("sweep", "sending", "memory")


def main(parts: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["LOG_LEVEL"] = "ERROR"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from bench.sweep import memory, sending, sweeping  # noqa: PLC0415

    if connection.vendor != "postgresql":
        raise SystemExit("This is measured on PostgreSQL. Try: make bench-sweep")
    call_command("migrate", verbosity=0)
    measure = {"sweep": sweeping.measure, "sending": sending.measure, "memory": memory.measure}
    missed = [fault for part in parts or PARTS for fault in measure[part]()]
    print("\n" + ("\n".join(f"MISSED {fault}" for fault in missed) or "All within their bounds."))
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
