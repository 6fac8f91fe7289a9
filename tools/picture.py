"""Make the README's pictures from the real thing: the explorer of chapter 02, and a hand on it.

    python -m tools.picture

A film, in light and in dark: the gradients arrive, from the loss back to the input, then a slider
moves. A still, half-way back, for readers who want no motion.
"""

import io
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

from backprop_lib import look
from backprop_lib.explorers import GradientFlow
from tests.browser.drawn import Drawn, new_page
from tests.browser.lab import FLAGS, ROOT, browser_path

FOLDER = ROOT / "chapters" / "images"
FILMS, STILL = {"light": "explorer.gif", "dark": "explorer-dark.gif"}, "explorer.png"
OUR_COLOURS = {"light": look.LIGHT.values(), "dark": look.DARK.values()}
MOST_COLOURS = 128  # of a film: more would not be seen
CODE = np.array([256**2, 256, 1])  # of red, green and blue in one number
WIDTH, SCALE = 1060, 1.6  # together, twice the column of a README on GitHub
MARGIN = 8
NAMES = [*(stop.name for stop in GradientFlow().walk.stops), "all"]  # above the rail
STOPS = NAMES[NAMES.index("dZ^2") - 1 :]  # from the loss on
HALF_WAY = "dW^2"
# Where the hand takes the weight scale, in tenths: up, down, and back to where it was.
TENTHS = *range(12, 21, 2), *range(18, 3, -2), *range(6, 11, 2)
A_STOP, A_MOVE, A_REST = 1200, 180, 1800  # ms that a frame is seen


def main():
    """Save the explorer as a page, start the browser, and write the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = GradientFlow().save_html(Path(folder) / "flow.html")
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        write(browser, page)
        browser.close()


def write(browser, page):
    """Write the still and the two films."""
    flow = opened(browser, page, "light")
    walk_to(flow, HALF_WAY)
    shot(flow).save(FOLDER / STILL, optimize=True)
    flow.page.context.close()
    for scheme, name in FILMS.items():
        flow = opened(browser, page, scheme)
        first, *others = few_colours([shot(flow) for _ in act(flow)], OUR_COLOURS[scheme])
        first.save(FOLDER / name, save_all=True, append_images=others, duration=times(), loop=0)
        flow.page.context.close()


def opened(browser, page, scheme):
    """Open the saved page; return the explorer on it."""
    size = {"width": WIDTH, "height": 900}
    tab = new_page(browser, viewport=size, device_scale_factor=SCALE, color_scheme=scheme)
    tab.goto(page.as_uri())
    return Drawn(tab)


def act(flow):
    """Walk back from the loss, then move the slider; yield wherever the film has a frame."""
    for name in STOPS:
        walk_to(flow, name)
        yield
    slider = flow.slider("weight scale")
    most = float(slider.get_attribute("max"))
    flow.hover(slider)
    flow.page.mouse.down()
    for tenths in TENTHS:
        flow.page.mouse.move(*flow.place(slider, tenths / most))
        yield
    flow.page.mouse.up()


def times():
    """Return how long each frame is seen: longest where all gradients are there, and at the end."""
    return [*[A_STOP] * (len(STOPS) - 1), A_REST, *[A_MOVE] * (len(TENTHS) - 1), A_REST]


def walk_to(flow, name):
    """Click on a name above the rail, and take the hand away."""
    flow.root.locator(".bp-stops button").nth(NAMES.index(name)).click()
    flow.leave()


def shot(flow):
    """Return a picture of the explorer from the controls down to the board."""
    root, board = flow.root.bounding_box(), flow.root.locator(".bp-board").bounding_box()
    clip = {
        "x": root["x"] - MARGIN,
        "y": root["y"] - MARGIN,
        "width": root["width"] + 2 * MARGIN,
        "height": board["y"] + board["height"] - root["y"] + 2 * MARGIN,
    }
    image = flow.page.screenshot(clip=clip, animations="disabled")
    return Image.open(io.BytesIO(image)).convert("RGB")


def few_colours(frames, ours):
    """Yield the frames in one palette: our colours, then those that cover most of the film.

    Pillow chooses a palette by area alone, and lost the purple of the loss.
    """
    found = [
        np.unique(np.array(frame) @ CODE, return_inverse=True, return_counts=True)
        for frame in frames
    ]
    area = Counter({int(colour[1:], base=16): np.inf for colour in ours})
    for codes, _, counts in found:
        area.update(dict(zip(codes.tolist(), counts.tolist(), strict=True)))
    palette = parts(np.array([code for code, _ in area.most_common(MOST_COLOURS)]))
    for codes, places, _ in found:
        distances = np.square(parts(codes)[:, None] - palette).sum(axis=2)
        nearest = distances.argmin(axis=1).astype(np.uint8)
        image = Image.fromarray(nearest[places].reshape(frames[0].size[::-1]))
        image.putpalette(palette.astype(np.uint8).tobytes())
        yield image


def parts(codes):
    """Return red, green and blue of each code."""
    return codes[:, None] // CODE % 256


if __name__ == "__main__":
    main()
