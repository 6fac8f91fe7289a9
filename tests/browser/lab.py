"""JupyterLab on loopback, and a notebook open in a real browser, for the tests that need both."""

import itertools
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
SETTINGS = {  # beside those that the course has in tools/jupyterlab
    "completer-extension/inline-completer": '{"providers": {}}',
}
# JupyterLab's own noise; each line with its reason. Anything else fails the test.
NOISE = (
    (
        r"failed: \S+/images/\S+ net::ERR_ABORTED",
        "a picture in Markdown is first asked for by its bare address, then by the server's",
    ),
)


def browser_path():
    """Return where the browser is: $BROWSER_PATH, or the first of BROWSERS on the path."""
    found = os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"No browser found: set BROWSER_PATH, or install one of {', '.join(BROWSERS)}."
    return found


class Lab:
    """A JupyterLab server over a folder of its own, run by $LAB_PYTHON where that is set."""

    python = os.environ.get("LAB_PYTHON", sys.executable)

    def __init__(self, folder):
        self.folder = folder / "notebooks"
        self.folder.mkdir(parents=True)
        self.token = secrets.token_hex(16)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        for name, text in SETTINGS.items():
            file = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        own = {
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython",
        }
        environment = os.environ | {name: str(folder / place) for name, place in own.items()}
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        options = {
            "ServerApp.ip": "127.0.0.1",
            "ServerApp.port": self.port,
            "ServerApp.port_retries": 0,
            "IdentityProvider.token": self.token,
            "ServerApp.root_dir": self.folder,
            "ServerApp.open_browser": False,
            "ServerApp.allow_root": True,
            "LabApp.app_settings_dir": ROOT / "tools" / "jupyterlab",
        }
        self.log = folder / "jupyterlab.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [self.python, "-m", "jupyterlab", *(f"--{k}={v}" for k, v in options.items())],
                env=environment, cwd=self.folder, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def _wait(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                self.api("status")
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"JupyterLab did not start:\n{self.log.read_text()[-2000:]}")

    def api(self, name):
        """Return what the server's REST interface says: api("sessions")."""
        address = f"{self.url}/api/{name}?token={self.token}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            return json.load(answer)

    def end_kernel(self, path):
        """End the kernel of a notebook, as happens in the night."""
        (session,) = (s["id"] for s in self.api("sessions") if s["path"] == path)
        address = f"{self.url}/api/sessions/{session}?token={self.token}"
        urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=10)

    def stop(self):
        """End the server; it ends its kernels."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def write_notebook(lab, *cells, name="made_here.ipynb", run=False):
    """Write a notebook of these code cells into the server's folder; return its name."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    python = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made.metadata.kernelspec = python
    if run:
        NotebookClient(made, resources={"metadata": {"path": str(ROOT)}}).execute()
        made.metadata.pop("widgets", None)
    nbformat.write(made, lab.folder / name)
    return name


class Watch:
    """Everything that goes wrong on a page: console errors, exceptions, failed requests."""

    def __init__(self, page):
        self.troubles = []
        page.on("console", lambda m: m.type == "error" and self._note("console", m.text))
        page.on("pageerror", lambda error: self._note("exception", str(error)))
        page.on("requestfailed", lambda r: self._note("failed", f"{r.url} {r.failure}"))
        page.on("response", lambda r: r.status >= 400 and self._note(str(r.status), r.url))

    def _note(self, kind, text):
        text = f"{kind}: {text}"
        if not any(re.search(pattern, text) for pattern, _ in NOISE):
            self.troubles.append(text)


class Notebook:
    """One notebook, open in JupyterLab, as a learner has it."""

    workspaces = itertools.count()

    def __init__(self, page, lab, path):
        self.page, self.path = page, path
        place = f"{lab.url}/doc/workspaces/test-{next(self.workspaces)}/tree/{path}"
        page.goto(f"{place}?token={lab.token}&reset")
        self._wait_for_kernel(lab)
        self.wait_idle()

    def _wait_for_kernel(self, lab, seconds=60):
        """Wait until the page is connected: a Run before that asks which kernel to take."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            kernels = [s["kernel"] for s in lab.api("sessions") if s["path"] == self.path]
            if kernels and kernels[0]["connections"] and kernels[0]["execution_state"] == "idle":
                return
            self.page.wait_for_timeout(100)
        raise TimeoutError(f"{self.path} has no kernel after {seconds} s.")

    def wait_idle(self, seconds=120):
        """Wait until the kernel has nothing left to do."""
        self.page.wait_for_selector(IDLE, timeout=1000 * seconds, state="attached")

    def menu(self, *names):
        """Click through a menu: menu("Run", "Run All Cells")."""
        first, *rest = names
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{first}$")).click()
        for name in rest:
            item = self.page.locator(".lm-Menu-item:not(.lm-mod-hidden)").filter(
                has=self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{name}$"))
            )
            item.click()

    def run_all(self, seconds=180):
        """Clear the outputs, run every cell, and wait until the last one has run."""
        self.menu("Edit", "Clear Outputs of All Cells")
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(
            """() => {
                const cells = [...document.querySelectorAll('.jp-CodeCell')];
                const code = cells.filter((c) => c.querySelector('.cm-content')?.innerText.trim());
                const prompt = (c) => c.querySelector('.jp-InputPrompt')?.innerText ?? '';
                return code.length && code.every((c) => /\\[\\d+\\]/.test(prompt(c)));
            }""",
            timeout=1000 * seconds,
        )
        self.wait_idle()

    def run_cell(self, place):
        """Run one code cell, and do not wait for it."""
        self.page.locator(".jp-Notebook .jp-CodeCell .cm-content").nth(place).click()
        self.page.keyboard.press("Control+Enter")

    def cells(self):
        """Return how many code cells there are; JupyterLab 4.4 lets go of text out of sight."""
        return self.page.locator(".jp-Notebook .jp-CodeCell").count()

    def errors(self):
        """Return the tracebacks that stand in the notebook."""
        return self.page.locator(
            '.jp-OutputArea [data-mime-type="application/vnd.jupyter.error"], '
            '.jp-OutputArea [data-mime-type="application/vnd.jupyter.stderr"]'
        ).all_inner_texts()

    def theme(self, name):
        """Choose a theme: "JupyterLab Light" or "JupyterLab Dark"."""
        self.page.evaluate("() => document.activeElement?.blur()")
        self.menu("Settings", "Theme", name)
        light = "true" if name.endswith("Light") else "false"
        self.page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")
