"""A headless Chromium, driven through chromedriver's own HTTP interface (W3C WebDriver)."""

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

QUIET = (
    *("--headless=new", "--disable-gpu", "--no-first-run", "--no-default-browser-check"),
    # nothing but the pages asked for: no look-ups, updates or syncs in the background
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-quic", "--hide-scrollbars", "--force-color-profile=srgb", "--lang=de-DE"),
)
# as root, as in most containers, Chromium starts only without its own sandbox
NO_SANDBOX = ("--no-sandbox", "--disable-dev-shm-usage")
INTO_VIEW = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
START_SECONDS = 20


class WebDriverError(RuntimeError):
    """What chromedriver answered instead of doing it."""


class Browser:
    """One window; every method is one command of the WebDriver standard."""

    def __init__(self, address: str, capabilities: Mapping[str, Any]) -> None:
        answer = _call("POST", f"{address}/session", {"capabilities": capabilities})
        self._session = f"{address}/session/{answer['sessionId']}"

    def open(self, url: str) -> None:
        """Load a page and wait until it is there."""
        self._post("url", url=url)

    def resize(self, width: int, height: int) -> None:
        """Give the page, not the window around it, a size in pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._devtools("Emulation.setDeviceMetricsOverride", size)

    def prefer_dark(self, dark: bool = True) -> None:
        """Let the page believe that this person's system is dark, or that it is light."""
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._devtools("Emulation.setEmulatedMedia", {"features": features})

    def add_cookie(self, name: str, value: str) -> None:
        """Set a cookie for the site that is open."""
        self._post("cookie", cookie={"name": name, "value": value, "path": "/"})

    def find(self, selector: str) -> str:
        """Return the first element of a CSS selector; raises WebDriverError when there is none."""
        return self._element("css selector", selector)

    def find_link(self, text: str) -> str:
        """Return the first link whose words hold the text."""
        return self._element("partial link text", text)

    def active(self) -> str:
        """Return the element that has the focus."""
        answer: str = _call("GET", f"{self._session}/element/active")[ELEMENT]
        return answer

    def click(self, element: str) -> None:
        """Click as a person would: an element that is covered or not there is an error."""
        # a page that pretends to be a telephone's is not scrolled by the driver itself
        self.run(INTO_VIEW, {ELEMENT: element})
        self._post(f"element/{element}/click")

    def type(self, element: str, text: str) -> None:
        """Type into a field."""
        self._post(f"element/{element}/value", text=text)

    def run(self, script: str, *arguments: object) -> Any:
        """Run JavaScript in the page and return its answer."""
        return self._post("execute/sync", script=script, args=list(arguments))

    def text(self, selector: str = "body") -> str:
        """Return the words that a person sees in an element."""
        answer: str = _call("GET", f"{self._session}/element/{self.find(selector)}/text")
        return answer

    def screenshot(self) -> bytes:
        """Return the window as a PNG."""
        return base64.b64decode(_call("GET", f"{self._session}/screenshot"))

    def close(self) -> None:
        """End the session and its browser."""
        _call("DELETE", self._session)

    def _element(self, using: str, value: str) -> str:
        answer: str = self._post("element", using=using, value=value)[ELEMENT]
        return answer

    def _devtools(self, command: str, parameters: Mapping[str, Any]) -> None:
        self._post("goog/cdp/execute", cmd=command, params=parameters)

    def _post(self, command: str, **arguments: object) -> Any:
        return _call("POST", f"{self._session}/{command}", arguments)


@contextmanager
def browser(*, as_root: bool) -> Iterator[Browser]:
    """Start chromedriver and a browser with a profile of its own; end both."""
    port = free_port()
    driver = subprocess.Popen(
        [shutil.which("chromedriver") or "chromedriver", f"--port={port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            arguments = [*QUIET, f"--user-data-dir={profile}"]
            arguments += NO_SANDBOX if as_root else ()
            address = f"http://127.0.0.1:{port}"
            _wait_until_ready(address)
            options = {"binary": shutil.which("chromium"), "args": arguments}
            window = Browser(address, {"alwaysMatch": {"goog:chromeOptions": options}})
            try:
                yield window
            finally:
                window.close()
    finally:
        driver.terminate()
        driver.wait()


def free_port() -> int:
    """Return a port of the loopback that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            if _call("GET", f"{address}/status")["ready"]:
                return
        except (WebDriverError, OSError):
            if time.monotonic() > deadline:
                raise
        time.sleep(0.05)


def _call(method: str, url: str, arguments: Mapping[str, Any] | None = None) -> Any:
    body = None if arguments is None else json.dumps(arguments).encode()
    request = urllib.request.Request(url, data=body, method=method)  # noqa: S310  # the loopback
    # a proxy of the house is not for the loopback
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        value = json.load(error)["value"]
        raise WebDriverError(f"{value['error']}: {value['message']}") from error
