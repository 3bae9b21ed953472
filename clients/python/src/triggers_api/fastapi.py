"""FastAPI: a dependency that gives deliveries only."""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Sequence, Union

from fastapi import HTTPException, Request

from .webhook import Delivery, Webhook, WebhookError

__all__ = ["verified"]


def verified(keys: Union[str, Sequence[str], Webhook], **settings: Any) -> Callable[[Request], Awaitable[Delivery]]:
    """`delivery: Annotated[Delivery, Depends(verified("whsec_…"))]`; answers 401 to what is none."""
    webhook = keys if isinstance(keys, Webhook) else Webhook(keys, **settings)

    async def check(request: Request) -> Delivery:
        try:
            return webhook.verify(request.headers.items(), await request.body())
        except WebhookError as failure:
            raise HTTPException(401, {"error": "not a delivery", "part": failure.part}) from failure

    # Its annotations are no texts, which FastAPI could not resolve from outside.
    check.__annotations__ = {"request": Request, "return": Delivery}
    return check
