"""A person at a real browser, and what the browser complained of meanwhile."""

import time
from collections.abc import Callable

from webdriver import Browser, WebDriverError

PASSWORD = "ein langes Kennwort"
SECONDS = 10
ENTER = "\ue007"

# runs before every page: errors of scripts, of the policy and of loading, and the console's own
WATCH = """
window.complaints = [];
const complain = (...words) => complaints.push(words.join(' '));
addEventListener('error', e => complain(e.message || e.target.src || e.target.href), true);
addEventListener('securitypolicyviolation', e => complain(e.violatedDirective, e.blockedURI));
console.error = console.warn = complain;
"""


class Person:
    """Somebody at the browser."""

    def __init__(self, window: Browser, site: str) -> None:
        self.window, self.site = window, site

    def log_in(self, user: str) -> None:
        """Log in through the form, in a browser that keeps nothing of earlier pages."""
        self.window.open(f"{self.site}/abmelden/")
        if "Möchten Sie sich abmelden?" in self.window.text():
            self.press("main [type=submit]")
            self.wait(lambda: self.path() != "/abmelden/")
        self.window.open(f"{self.site}/anmelden/")
        self.window.run("localStorage.clear(), sessionStorage.clear()")
        self.write("[name=login]", user)
        self.write("[name=password]", PASSWORD + ENTER)
        self.wait(lambda: self.path() == "/")

    def open(self, path: str) -> None:
        """Open a page of the site."""
        self.window.open(self.site + path)

    def path(self) -> str:
        """Return where the browser is."""
        path: str = self.window.run("return location.pathname")
        return path

    def press(self, selector: str) -> None:
        """Click on something, scrolled into the middle first."""
        middle = "{block: 'center', behavior: 'instant'}"
        script = f"document.querySelector(arguments[0]).scrollIntoView({middle})"
        self.window.run(script, selector)
        self.window.click(self.window.find(selector))

    def write(self, selector: str, text: str) -> None:
        """Write into a field instead of what stands there."""
        self.window.run("document.querySelector(arguments[0]).value = ''", selector)
        self.window.type(self.window.find(selector), text)

    def complaints(self) -> list[str]:
        """Return what the page complained of."""
        found: list[str] = self.window.run("return window.complaints")
        return found

    def count(self, selector: str) -> int:
        """Return how often something stands on the page."""
        count: int = self.window.run(
            "return document.querySelectorAll(arguments[0]).length", selector
        )
        return count

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so; raises AssertionError where it does not become so."""
        deadline = time.monotonic() + SECONDS
        while not self._is(condition):
            assert time.monotonic() < deadline, self.window.text()[:2000]
            time.sleep(0.05)

    @staticmethod
    def _is(condition: Callable[[], bool]) -> bool:
        """Ask the page; between two pages, where there is no element yet, nothing is so."""
        try:
            return condition()
        except WebDriverError:
            return False
