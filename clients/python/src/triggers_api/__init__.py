"""The Triggers API: post events, consume them, follow them, check deliveries."""

from . import errors, types
from ._consume import Consumed, Consumer
from ._core import BatchItem, BatchSent, Options, Sent
from ._stream import StreamEvent
from ._version import VERSION as __version__
from .client import Triggers
from .errors import *  # noqa: F403
from .errors import __all__ as _errors
from .webhook import Delivery, Webhook, WebhookError

__all__ = ["AsyncTriggers", "BatchItem", "BatchSent", "Consumed", "Consumer", "Delivery", "Options", "Sent", "StreamEvent",
           "Triggers", "Webhook", "WebhookError", "__version__", "errors", "types", *_errors]


def __getattr__(name: str) -> object:
    if name == "AsyncTriggers":
        # Needs httpx, which the rest does not.
        from .aio import AsyncTriggers

        return AsyncTriggers
    raise AttributeError(name)
