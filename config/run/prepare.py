"""Brings the database up to date before anything is served: tables, the first login, the demo ledger.

Run as a program of its own (``python -m config.run.prepare``). It tells its progress on standard
error, and the password of the first login, when it made one, there and on standard output.
"""

from __future__ import annotations

import os
import secrets
import sys

import django
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction


def first_login() -> str:
    """Make the login ``admin`` when nobody can log in yet; return its password, or nothing.

    The password is shown before the login is kept: however this ends, there is no login that nobody knows.
    """
    users = get_user_model().objects
    if users.exists():
        return ""
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        users.create_superuser("admin", password=password)
        sys.stderr.write(f"  first login  admin, password {password}\n")
        sys.stderr.flush()
    return password


def main() -> int:
    """Prepare the database; return the exit status."""
    try:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
        sys.stderr.write("  database     ready\n")
        password = first_login()
        if os.environ.get("DEMO", "1") != "0":
            call_command("demo", stdout=sys.stderr)
    except OperationalError as error:
        sys.stderr.write(
            f"The database cannot be used: {str(error).strip().removesuffix('.')}. DATABASE_URL says which one to use.\n"
        )
        return 1
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(password)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(main())
