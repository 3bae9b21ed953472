"""Where a 421 may lead."""

from __future__ import annotations

import ipaddress
from typing import Optional, Sequence
from urllib.parse import urlsplit

SHARED_SUFFIXES = frozenset("""
    a.run.app amazonaws.com appspot.com azurecontainerapps.io azurewebsites.net blob.core.windows.net cloudapp.azure.com
    cloudapp.net cloudfront.net ddns.net deno.dev duckdns.org dyndns.org edgecompute.app elb.amazonaws.com fastly.net
    firebaseapp.com fly.dev github.io gitlab.io glitch.me herokuapp.com netlify.app netlify.com ngrok-free.app ngrok.app
    ngrok.io no-ip.org onrender.com pages.dev railway.app render.com repl.co replit.app run.app surge.sh
    trafficmanager.net trycloudflare.com up.railway.app vercel.app web.app workers.dev
""".split())

SECOND_LEVELS = frozenset("ac biz co com edu gen go gob gouv gov gv ind info ltd me mil net ne nic nom or org plc sch".split())


def followed(base: str, location: Optional[str], hosts: Sequence[str]) -> Optional[str]:
    """The origin to go to, or none."""
    if not isinstance(location, str):
        return None
    here, there = urlsplit(base), None
    try:
        there = urlsplit(location)
        port = there.port
    except ValueError:
        return None
    host = (there.hostname or "").lower()
    if there.scheme not in ("http", "https") or not host or "@" in there.netloc:
        return None
    if here.scheme == "https" and there.scheme != "https":
        return None
    own = (here.hostname or "").lower()
    if host != own and host not in [name.lower() for name in hosts]:
        domain = registrable(host)
        if domain is None or domain != registrable(own):
            return None
    return f"{there.scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port is not None else ''}"


def registrable(host: str) -> Optional[str]:
    try:
        ipaddress.ip_address(host)
        return None
    except ValueError:
        pass
    labels = host.rstrip(".").split(".")
    suffix = 1
    shared = [n for n in range(2, len(labels) + 1) if ".".join(labels[-n:]) in SHARED_SUFFIXES]
    if shared:
        suffix = max(shared)
    elif len(labels) > 1 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVELS:
        suffix = 2
    return ".".join(labels[-suffix - 1:]) if len(labels) > suffix and all(labels) else None
