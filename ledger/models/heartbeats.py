"""Signs of life: a row per job of the schedule, renewed whenever it was done to its end."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    job = models.CharField(max_length=40, primary_key=True)
    beaten_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job} at {self.beaten_at:%Y-%m-%d %H:%M:%S}"
