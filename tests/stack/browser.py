"""A real browser as an officer has it: Chromium, small, past any proxy, with JavaScript or without."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from local.ports import HOST

WIDTH, HEIGHT = 320, 480
"""Of a cheap telephone's screen, in CSS pixels."""

SECONDS = 30
"""In which a page is there."""

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
)
_ALLOWED, _BLOCKED = 1, 2
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def is_installed() -> bool:
    """Whether there is a browser, and what drives it."""
    return _binary() is not None and shutil.which("chromedriver") is not None


@contextmanager
def browser(monkeypatch: pytest.MonkeyPatch, *, javascript: bool) -> Iterator[Chrome]:
    """A fresh browser, closed afterwards; where none is installed the test is skipped.

    Args:
        monkeypatch: for the environment in which it is driven.
        javascript: whether pages may run it.
    """
    binary, driver = _binary(), shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("no Chromium with its driver (on Debian: chromium, chromium-driver)")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, f"{HOST},localhost")
    with TemporaryDirectory(prefix="browser-") as profile:
        options = ChromeOptions()
        options.binary_location = binary
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        allowed = _ALLOWED if javascript else _BLOCKED
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": allowed}
        )
        # Taps are not simulated: with JavaScript blocked the driver waits for one for ever.
        screen = {"width": WIDTH, "height": HEIGHT, "pixelRatio": 1.0, "touch": False}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": screen})
        opened = Chrome(options=options, service=Service(driver))
        try:
            opened.set_page_load_timeout(SECONDS)
            yield opened
        finally:
            _close(opened)


def _close(opened: Chrome) -> None:
    process = opened.capabilities["goog:processID"]
    try:
        opened.quit()
    except BaseException:
        # A driver that hangs would leave the browser behind.
        os.kill(process, signal.SIGKILL)
        raise


def press(page: Chrome) -> str:
    """Presses the page's one button; the text of the page that comes of it."""
    button = page.find_element(By.TAG_NAME, "button")
    button.click()
    WebDriverWait(page, SECONDS).until(staleness_of(button))
    return page.find_element(By.TAG_NAME, "main").text


def _binary() -> str | None:
    return next(filter(None, map(shutil.which, _BROWSERS)), None)
