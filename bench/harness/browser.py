"""Debian's Chromium, without a window, and with nobody looking over its shoulder: it is only asked afterwards."""

import json
import os
import subprocess
import tempfile
from contextlib import contextmanager

from .shell import stop

PROGRAM = "/usr/bin/chromium"

ARGUMENTS = ["--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "about:blank"]

# Where the program looks for what it is told, and where it answers.
TOLD, ANSWERS = 3, 4


class Browser:
    """Spoken to by the DevTools protocol, over two pipes."""

    def __init__(self, width=1440, height=900):
        self.size = {"width": width, "height": height}
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        told, self._tell = os.pipe()
        self._hear, answers = os.pipe()
        self._process = subprocess.Popen(
            [PROGRAM, f"--user-data-dir={self._profile.name}", *ARGUMENTS], pass_fds=(TOLD, ANSWERS),
            preexec_fn=lambda: self._place(told, answers), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(told)
        os.close(answers)
        self._heard = b""
        self._calls = 0

    @staticmethod
    def _place(told, answers):
        kept = os.dup(told), os.dup(answers)
        os.dup2(kept[0], TOLD)
        os.dup2(kept[1], ANSWERS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        finally:
            stop(self._process)
            os.close(self._tell)
            os.close(self._hear)
            self._profile.cleanup()

    def call(self, method, session=None, **parameters):
        self._calls += 1
        message = {"id": self._calls, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self._tell, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._calls:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _next(self):
        while b"\0" not in self._heard:
            more = os.read(self._hear, 65536)
            if not more:
                raise RuntimeError("the browser ended")
            self._heard += more
        message, self._heard = self._heard.split(b"\0", 1)
        return json.loads(message)

    @contextmanager
    def page(self, script):
        """A page that remembers nothing of others, with a script that runs before those of whatever it goes to."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context, **self.size)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable", session)
        self.call("Page.addScriptToEvaluateOnNewDocument", session, source=script)
        try:
            yield Page(self, session)
        finally:
            self.call("Target.disposeBrowserContext", browserContextId=context)


class Page:

    def __init__(self, browser, session):
        self._browser = browser
        self._session = session

    def go(self, url):
        self._browser.call("Page.navigate", self._session, url=url)

    def ask(self, expression):
        return self._browser.call("Runtime.evaluate", self._session, expression=expression, returnByValue=True)["result"].get("value")
