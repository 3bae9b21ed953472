"""Flask: a view that gets deliveries only."""

from __future__ import annotations

import functools
from typing import Any, Callable, Sequence, Union

from flask import g, request

from .webhook import Delivery, Webhook, WebhookError

__all__ = ["delivery", "verified"]


def verified(keys: Union[str, Sequence[str], Webhook], **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answers 401 to what is no delivery; `delivery()` is what was checked."""
    webhook = keys if isinstance(keys, Webhook) else Webhook(keys, **settings)

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def checked(*arguments: Any, **named: Any) -> Any:
            try:
                g.triggers_delivery = webhook.verify(list(request.headers.items()), request.get_data(cache=True))
            except WebhookError as failure:
                return {"error": "not a delivery", "part": failure.part}, 401
            return view(*arguments, **named)

        return checked

    return decorate


def delivery() -> Delivery:
    return g.triggers_delivery  # type: ignore[no-any-return]
