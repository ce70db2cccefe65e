"""The log as JSON: its checkpoint, its entries, and proofs about both."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ledger.api.pages import MOST_DIGITS
from ledger.log import proving
from ledger.log.sealing import latest_checkpoint
from ledger.models import Leaf


class CheckpointSerializer(serializers.Serializer[Any]):
    """The latest checkpoint; without any entry sealed, size 0 and the rest null."""

    size = serializers.IntegerField()
    root = serializers.CharField(allow_null=True, help_text="Base64.")  # type: ignore[assignment]  # the tree's, not the field's
    note = serializers.CharField(allow_null=True, help_text="The signed note (C2SP tlog-checkpoint).")
    key = serializers.CharField(allow_null=True, help_text="The key that checks its signature.")


class LeafSerializer(serializers.Serializer[Any]):
    index = serializers.IntegerField()
    hash = serializers.CharField(help_text="RFC 6962 leaf hash of the content's bytes, in hexadecimal.")
    content = serializers.CharField(help_text="The sealed bytes, as text in UTF-8.")
    entry = serializers.JSONField(help_text="The content, read.")


class ProofSerializer(serializers.Serializer[Any]):
    proof = serializers.ListField(
        child=serializers.CharField(), help_text="Hashes in base64, in the order of RFC 6962."
    )


def _number(name: str, about: str) -> OpenApiParameter:
    return OpenApiParameter(name, int, required=True, description=about)


class LogView(APIView):
    """The log's size and what signs for it."""

    queryset = Leaf.objects.none()

    @extend_schema(responses=CheckpointSerializer)
    def get(self, request: Request) -> Response:
        latest = latest_checkpoint()
        told = {name: getattr(latest, name, None) for name in ("size", "root", "note", "key")}
        return Response(told | {"size": told["size"] or 0})


class LeafView(APIView):
    """An entry of the log."""

    queryset = Leaf.objects.none()

    @extend_schema(responses=LeafSerializer)
    def get(self, request: Request, index: int) -> Response:
        leaf = Leaf.objects.filter(pk=index).first() if index < 10 ** (MOST_DIGITS - 1) else None
        if leaf is None:
            raise NotFound(f"The log has no entry {index}; it has {proving.size()}, numbered from 0.")
        return Response(
            {
                "index": leaf.index,
                "hash": leaf.hash,
                "content": leaf.content,
                "entry": json.loads(leaf.content),
            }
        )


class InclusionView(APIView):
    """The proof that an entry is among the first so many (RFC 6962, 2.1.1)."""

    queryset = Leaf.objects.none()

    @extend_schema(
        responses=ProofSerializer,
        parameters=[_number("index", "Which entry, from 0."), _number("size", "The size of a checkpoint.")],
    )
    def get(self, request: Request) -> Response:
        return _proof(proving.inclusion, request, "index", "size")


class ConsistencyView(APIView):
    """The proof that a larger checkpoint only adds to a smaller one (RFC 6962, 2.1.2)."""

    queryset = Leaf.objects.none()

    @extend_schema(
        responses=ProofSerializer,
        parameters=[_number("old", "The smaller size."), _number("new", "The larger size.")],
    )
    def get(self, request: Request) -> Response:
        return _proof(proving.consistency, request, "old", "new")


def _proof(prove: Any, request: Request, *names: str) -> Response:
    """The proof asked for by these query parameters; a clear 400 for any that there cannot be."""
    asked = {name: request.query_params.get(name, "") for name in names}
    wrong = {
        name: ["Give a whole number."]
        for name, text in asked.items()
        if not (text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS)
    }
    if wrong:
        raise ValidationError(wrong)
    try:
        hashes = prove(*map(int, asked.values()))
    except proving.NoSuchProof as error:
        raise ValidationError({"detail": f"There is no such proof: {error}."}) from error
    return Response({"proof": [b64encode(one).decode() for one in hashes]})
