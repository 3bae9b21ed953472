"""Tells deliveries from what others send."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

from . import _ed25519

__all__ = ["Delivery", "Webhook", "WebhookError"]

_SIGNATURES = 16

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    def _verify(public: bytes, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
            return True
        except (InvalidSignature, ValueError):
            return False
except ImportError:
    _verify = _ed25519.verify


class WebhookError(Exception):
    """Not a delivery. `part` says what is wrong: `key`, the name of a header, `too-old`, `too-new`, `no-version`,
    `signature` or `body`."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(f"{part}: {message}")
        self.part = part


@dataclass(frozen=True)
class Delivery:
    """A delivery that was checked. Drop repeats by `id`."""

    id: str
    type: str
    timestamp: Optional[str]
    data: Any
    body: Dict[str, Any] = field(repr=False)


Headers = Union[Mapping[str, str], Iterable[Tuple[str, str]]]


class Webhook:
    """Checks deliveries against one or several keys: secrets (`whsec_…`) or public keys (`whpk_…`)."""

    def __init__(self, keys: Union[str, Sequence[str]], tolerance: float = 300, clock: Callable[[], float] = time.time) -> None:
        self._keys: List[Tuple[str, bytes]] = [_key(key) for key in ([keys] if isinstance(keys, str) else keys)]
        if not self._keys:
            raise WebhookError("key", "none was given")
        self._tolerance, self._clock = tolerance, clock

    def verify(self, headers: Headers, body: bytes) -> Delivery:
        """The delivery, or a WebhookError. `body` are the bytes as they came, before anything parses them."""
        if isinstance(body, str):
            raise TypeError("body must be the bytes as they came")
        found = _headers(headers)
        event_id, timestamp, signatures = (_one(found, name) for name in ("webhook-id", "webhook-timestamp", "webhook-signature"))
        if not re.fullmatch(r"[0-9]{1,12}", timestamp, re.ASCII):
            raise WebhookError("webhook-timestamp", "not a Unix second")
        age = self._clock() - int(timestamp)
        if age > self._tolerance:
            raise WebhookError("too-old", f"signed {int(age)} seconds ago")
        if age < -self._tolerance:
            raise WebhookError("too-new", f"signed {int(-age)} seconds ahead")
        self._check(f"{event_id}.{timestamp}.".encode("utf-8", "surrogateescape") + body, signatures.split(" ")[:_SIGNATURES])
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise WebhookError("body", "no JSON object")
        return Delivery(event_id if "id" not in value else str(value["id"]), str(value.get("type", "")), value.get("timestamp"), value.get("data"), value)

    def _check(self, message: bytes, signatures: List[str]) -> None:
        matches, possible = False, False
        macs = [b"v1," + base64.b64encode(hmac.new(key, message, hashlib.sha256).digest()) for kind, key in self._keys if kind == "v1"]
        for signature in signatures:
            version, comma, text = signature.partition(",")
            if not comma or version not in [kind for kind, _ in self._keys]:
                continue
            possible = True
            if version == "v1":
                given = signature.encode("utf-8", "surrogateescape")
                for mac in macs:
                    # Takes the same time whatever differs, which would tell how to forge it.
                    matches |= hmac.compare_digest(mac, given)
            else:
                made = _base64(text)
                matches = matches or made is not None and any(_verify(key, message, made) for kind, key in self._keys if kind == "v1a")
        if not possible:
            raise WebhookError("no-version", "no signature of a kind that these keys make")
        if not matches:
            raise WebhookError("signature", "none is of any of these keys")


def _key(text: str) -> Tuple[str, bytes]:
    kind = {"whsec_": "v1", "whpk_": "v1a"}.get(text[:text.find("_") + 1]) if isinstance(text, str) else None
    data = _base64(text.partition("_")[2]) if kind else None
    if kind is None or not data or (kind == "v1a" and len(data) != 32):
        raise WebhookError("key", "neither a secret (whsec_…) nor a public key (whpk_…)")
    return kind, data


def _base64(text: str) -> Optional[bytes]:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _headers(headers: Headers) -> Dict[str, List[str]]:
    found: Dict[str, List[str]] = {}
    pairs = headers.items() if hasattr(headers, "items") else headers
    for name, value in pairs:
        found.setdefault(name.lower(), []).append(value)
    return found


def _one(headers: Dict[str, List[str]], name: str) -> str:
    values = headers.get(name, [])
    if len(values) != 1 or not values[0]:
        raise WebhookError(name, "there twice" if len(values) > 1 else "missing")
    return values[0]
