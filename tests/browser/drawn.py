"""An explorer as it stands on the page: its numbers, its light, its controls under a hand."""

import numpy as np

# What a canvas was told to write since it was last wiped, it remembers.
REMEMBER = """(() => {
    const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
    Object.assign(CanvasRenderingContext2D.prototype, {
        clearRect(...box) {
            this.canvas.written = [];
            clearRect.apply(this, box);
        },
        fillText(text, x, y) {
            const { canvas, globalAlpha: alpha, font } = this;
            canvas.written?.push({ text, x, y, alpha, weight: font.split(' ')[0] });
            fillText.call(this, text, x, y);
        },
    });
})()"""

READ = """async (root, name) => {
    await new Promise(requestAnimationFrame);  // what is new is painted with the next frame
    const grid = [...root.querySelectorAll('[role=grid]')]
        .find((g) => g.getAttribute('aria-label').split(',')[0] === name);
    return [...grid.querySelectorAll('[role=row]')].map((row) =>
        [...row.querySelectorAll('[role=gridcell]')].filter((c) => c.style.display !== 'none')
            .map((c) => {
                const { x, y, width, height } = c.getBBox();
                const between = (low, at, high) => low < at && at < high;
                const { written } = c.closest('.bp-piece').querySelector('canvas');
                const [value, moved] = written.filter((one) =>
                    between(x, one.x, x + width) && between(y, one.y, y + height));
                return {
                    text: value.text,
                    moved: moved?.text ?? '',
                    lit: value.weight === '650',
                    dim: Math.abs(value.alpha - 0.34) < 0.01,
                    bad: c.matches('.bp-bad'),
                    named: c.getAttribute('aria-label'),
                };
            })).filter((row) => row.length);
}"""

SCROLL = "(top) => document.querySelector('.jp-WindowedPanel-outer')?.scrollTo(0, top)"


def new_page(browser, **settings):
    """Open a page with settings of its own, whose canvases remember."""
    size = {"width": 1400, "height": 1000}
    page = browser.new_context(**{"viewport": size} | settings).new_page()
    page.add_init_script(REMEMBER)
    page.set_default_timeout(20_000)
    return page


def number(text):
    """Read a number as the page writes it."""
    return float(text.replace("−", "-").replace("∞", "inf"))


class Drawn:
    """One explorer on a page, found by its place among them."""

    def __init__(self, page, place=0):
        self.page = page
        self.root = page.locator(".bp-explorer").nth(place)
        self._come_into_sight()

    def _come_into_sight(self):
        """Scroll down from the top until it shows: JupyterLab 4.4 hides cells out of sight."""
        self.root.wait_for(state="attached")
        top = 0
        while top < 50_000 and not self.root.is_visible():
            self.page.evaluate(SCROLL, top)
            self.page.wait_for_timeout(50)
            top += 400
        self.root.wait_for()

    def reset(self):
        """Put every control back where it starts, and take the hand away."""
        self.leave()
        button = self.root.get_by_role("button", name="reset")
        if button.is_visible():
            button.click()

    def cells(self, name):
        """Return what is painted in each cell, which is what a screen reader says too."""
        cells = self.root.evaluate(READ, name)
        assert all(cell["named"].endswith(f" is {cell['text']}") for row in cells for cell in row)
        return cells

    def numbers(self, name):
        """Return a matrix as the page shows it."""
        return np.array([[number(cell["text"]) for cell in row] for row in self.cells(name)])

    def cell(self, name, place):
        """Return one cell of a matrix, counted row by row."""
        grid = self.root.locator(f'[role=grid][aria-label^="{name},"]')
        return grid.get_by_role("gridcell").nth(place)

    def scrubber(self):
        return self.root.get_by_role("slider", name="step of the pass")

    def lit(self, name):
        """Return which entries are lit; None where nothing is, nor dimmed."""
        cells = [[(cell["lit"], cell["dim"]) for cell in row] for row in self.cells(name)]
        if not np.any(cells):
            return None
        assert all(lit != dim for row in cells for lit, dim in row)
        return np.array([[lit for lit, _ in row] for row in cells])

    def moved(self, name):
        """Return how far each entry says it has moved since its control was touched."""
        rows = self.cells(name)
        return np.array([[number(cell["moved"] or "0") for cell in row] for row in rows])

    def words(self):
        return self.root.locator(".bp-words").inner_text()

    def picture(self):
        """Return all that is drawn, to be compared with what is drawn later."""
        return self.root.locator(".bp-panels").inner_html()

    def sliders(self):
        return self.root.get_by_role("slider").all()

    def slider(self, name):
        return self.root.locator("label.bp-control", has_text=name).get_by_role("slider")

    def choices(self):
        return self.root.get_by_role("radio").all()

    def reading(self, name):
        """Return the value that stands beside a slider."""
        return number(
            self.root.locator("label.bp-control", has_text=name).locator(".bp-reading").inner_text()
        )

    def place(self, slider, share):
        """Return where the thumb is when a slider stands at this share of its length."""
        box, thumb = slider.bounding_box(), 16
        x = box["x"] + thumb / 2 + share * (box["width"] - thumb)
        return x, box["y"] + box["height"] / 2

    def share(self, slider):
        value, most = (slider.evaluate(f"(e) => Number(e.{name})") for name in ("value", "max"))
        return value / most if most else 0

    def hover(self, slider):
        """Bring the hand to a slider's thumb, once the page has come to rest."""
        slider.hover()
        self.page.mouse.move(*self.place(slider, self.share(slider)), steps=3)

    def drag(self, slider, share, let_go=True):
        """Take a slider where it stands and drag it to this share of its length."""
        self.hover(slider)
        self.page.mouse.down()
        self.page.mouse.move(*self.place(slider, share), steps=8)
        if let_go:
            self.page.mouse.up()

    def leave(self):
        """Take the hand away, and the focus."""
        self.page.mouse.move(2, 2)
        self.page.evaluate("() => document.activeElement?.blur()")

    def focus(self, locator):
        """Reach an element by the keyboard, as the tab key does."""
        self.page.keyboard.press("Shift")  # so that the browser takes the focus for a keyboard's
        locator.focus()


def eventually(drawn, check):
    """Wait until the check holds: a position that no sweep has brought yet waits for the kernel."""
    for _ in range(100):
        try:
            return check()
        except AssertionError:
            drawn.page.wait_for_timeout(100)
    return check()
