"""A long evening: thousands of moves over all explorers leave kernel and page as they were."""

import re

from backprop_lib import explorers
from tests.browser.lab import Notebook, write_notebook
from tests.explorers.demos import DEMOS

MOVES = 2000
KINDS = [*explorers.__all__, *(kind.__name__ for kind in DEMOS)]
SETS_UP = f"""
from backprop_lib.explorers import *
from tests.explorers.demos import *

every = [{", ".join(f"{kind}()" for kind in KINDS)}]
for one in every:  # what an explorer keeps for good, such as its trainings
    for name, control in one.controls.items():
        for position in control.positions():
            one.frame_at(**one.parameters | {{name: position}})
"""
SAYS = """
import gc, psutil
import matplotlib.pyplot as plt
gc.collect()
print("rss", psutil.Process().memory_info().rss, "figures", len(plt.get_fignums()))
"""
# As a hand does it: come to a control, move it ten times, leave; a breath between two moves.
MOVE = """async ([moves, seed]) => {
    const roots = [...document.querySelectorAll('.bp-explorer')];
    let state = seed;
    const random = (n) => { state = (state * 48271) % 2147483647; return state % n; };
    for (let k = 0; k < moves / 10; k += 1) {
        const controls = roots[k % roots.length].querySelectorAll('.bp-control:has(input)');
        const control = controls[random(controls.length)];
        const inputs = control.querySelectorAll('input');
        control.dispatchEvent(new PointerEvent('pointerenter'));
        for (let move = 0; move < 10; move += 1) {
            const input = inputs[random(inputs.length)];
            if (input.type === 'range') {
                input.value = random(Number(input.max) + 1);
                input.dispatchEvent(new Event('input', { bubbles: true }));
            } else input.click();
            await new Promise((done) => setTimeout(done, 6));
        }
        control.dispatchEvent(new PointerEvent('pointerleave'));
    }
}"""


ATTACHED = """() => {
    const walker = document.createTreeWalker(document);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
}"""


def page_counts(page):
    """Return how many listeners, and nodes outside the document, are left when garbage is gone."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    session.detach()
    found = {metric["name"]: metric["value"] for metric in metrics}
    return found["JSEventListeners"], found["Nodes"] - page.evaluate(ATTACHED)


def kernel_says(opened, place):
    """Run the cell that measures; return (bytes, open figures)."""
    opened.run_cell(place)
    output = opened.page.locator(".jp-CodeCell").nth(place).locator(".jp-OutputArea-output")
    opened.wait_idle()
    opened.page.wait_for_timeout(500)
    text = output.last.inner_text()
    rss, figures = re.search(r"rss (\d+) figures (\d+)", text).groups()
    return int(rss), int(figures)


def test_two_thousand_moves_leave_nothing_behind(page, lab):
    cells = [SETS_UP, *(f"every[{place}]" for place in range(len(KINDS))), *[SAYS] * 2]
    opened = Notebook(page, lab, write_notebook(lab, *cells, name="soak.ipynb"))
    opened.run_all()
    page.evaluate(MOVE, [MOVES // 2, 1])  # a warm-up: caches fill
    page.wait_for_timeout(2000)
    kernel, _ = kernel_says(opened, len(cells) - 2)
    listeners, nodes = page_counts(page)
    page.evaluate(MOVE, [MOVES, 2])
    page.wait_for_timeout(2000)
    listeners_after, nodes_after = page_counts(page)  # before JupyterLab adds its own for a cell
    after, figures = kernel_says(opened, len(cells) - 1)
    print(f"\n{MOVES} moves: kernel {(after - kernel) / 1e6:+.1f} MB of {kernel / 1e6:.0f} MB, "
          f"listeners {listeners_after - listeners:+.0f} of {listeners:.0f}, "
          f"detached nodes {nodes_after - nodes:+.0f} of {nodes:.0f}")  # fmt: skip
    assert after - kernel < 5e6
    assert figures == 0
    assert listeners_after <= listeners
    assert nodes_after - nodes < MOVES / 5  # a leak loses one with every move
    assert opened.errors() == []
