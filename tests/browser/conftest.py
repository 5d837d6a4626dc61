import os
from collections.abc import Iterator

import pytest

from tests.browser.watching import WATCH
from webdriver import Browser, browser


@pytest.fixture(scope="package")
def window() -> Iterator[Browser]:
    """A browser that remembers what its pages complained of."""
    with browser(as_root=os.geteuid() == 0) as opened:
        opened._devtools("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        yield opened
