"""One city and one browser for all journeys, a phone a test; a failing test tells what the phone showed."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.journeys.city import City, open_city
from tests.journeys.phone import Phone, open_chromium

FAILED = pytest.StashKey[bool]()
WAITED_IN_VAIN = [r"TimeoutError: .*Timeout \d+ms exceeded", r"Locator expected to"]
EXPECTED_WITHIN = 20_000
"""Milliseconds; two slow cores serve the browser and the whole city."""


@pytest.fixture(scope="session")
def city() -> Iterator[City]:
    with open_city() as opened:
        yield opened


@pytest.fixture(scope="session")
def city_of_senders() -> Iterator[City]:
    """For journeys that send what the others look for as not yet sent."""
    with open_city() as opened:
        yield opened


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Of this package alone: while its loop is open, no asynchronous test can run, and here none stands."""
    expect.set_options(timeout=EXPECTED_WITHIN)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with open_chromium(playwright) as opened:
        yield opened


@pytest.fixture
def phone(city: City, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Phone]:
    with held(Phone(browser, city), request) as one:
        yield one


@contextmanager
def held(phone: Phone, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """Closed at the end; when the test has failed, its console and a picture of every tab are left behind."""
    yield phone
    if request.node.stash.get(FAILED, False):
        print("\n".join(["city:", phone.city.last_words, "console:", *phone.console]))
        for number, page in enumerate(phone.context.pages):
            picture = phone.city.shots / f"failed-{request.node.name}-{number}.png"
            print(f"{page.url}: {picture}")
            with suppress(PlaywrightError):
                page.screenshot(path=picture)
    phone.context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey that waited in vain goes once more, with a new phone, and the last line counts it: on two cores that
    serve a browser and a whole city, what a browser never did is now and then the machine's. Whatever else fails, an
    assertion of the house or a complaint in the console, fails at once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=WAITED_IN_VAIN))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = report.failed or (report.when != "setup" and item.stash.get(FAILED, False))
    return report
