"""One server and one browser for all browser tests; each has a page on which nothing goes wrong."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.drawn import new_page
from tests.browser.lab import FLAGS, Lab, Notebook, Watch, browser_path, write_notebook


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    server = Lab(tmp_path_factory.mktemp("jupyterlab"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        yield running
        running.close()


@contextmanager
def watched_page(browser):
    """Open a page of its own; at the end, nothing may have gone wrong on it."""
    page = new_page(browser)
    watch = Watch(page)
    yield page
    page.context.close()
    assert not watch.troubles, "\n".join(watch.troubles)


@pytest.fixture
def page(browser):
    with watched_page(browser) as page:
        yield page


@pytest.fixture(scope="module")
def shared_page(browser):
    """One page for all tests of a module."""
    with watched_page(browser) as page:
        yield page


@pytest.fixture
def notebook(page, lab):
    """Open a notebook made of these code cells: notebook("1 + 1", "2 + 2")."""
    return lambda *cells: Notebook(page, lab, write_notebook(lab, *cells))
