"""What tests of the form that logs share: its address, and what it says of a mistake."""

from __future__ import annotations

from typing import Any

from django.test import Client

from predictions.models import Deadline, Forecast, Prediction, Statement

ADD = "/admin/predictions/prediction/add/"
ROWS = (Statement, Prediction, Deadline, Forecast)


def errors(client: Client, typed: dict[str, Any], field: str) -> str:
    """Post what was typed, see that nothing at all was saved, and return what stands beside ``field``."""
    before = [model.objects.count() for model in ROWS]
    response = client.post(ADD, typed)
    assert response.status_code == 422
    assert [model.objects.count() for model in ROWS] == before
    form = response.context["form"]
    assert set(form.errors) == {field}
    said = str(form.errors[field][0])
    assert said in response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    return said
