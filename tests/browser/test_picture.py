"""The README's pictures: their script still runs, and shows what their alternative text says."""

import re

import pytest
from PIL import Image, ImageColor

from backprop_lib import look
from backprop_lib.explorers.notation import plain
from tests.browser.lab import ROOT
from tools import picture

README = (ROOT / "README.md").read_text(encoding="utf-8")
ALT = re.search(r'<img [^>]*alt="([^"]+)"', README)[1]
PICTURES = [picture.STILL, *picture.FILMS.values()]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    return picture.GradientFlow().save_html(tmp_path_factory.mktemp("picture") / "flow.html")


def test_the_gradients_arrive_one_by_one_and_then_a_slider_moves_all(browser, saved):
    flow = picture.opened(browser, saved, "light")
    frames = picture.act(flow)
    for place, (name, _) in enumerate(zip(picture.STOPS, frames, strict=False)):
        there = [one for one in picture.STOPS[1 : place + 1] if one != "all"]
        for gradient in picture.STOPS[1:-1]:
            value = flow.numbers(plain(gradient.removeprefix("d")))
            size = value.shape if gradient in there else (0,)
            assert flow.numbers(plain(gradient)).shape == size, f"{gradient} at {name}"
        if name == picture.HALF_WAY:
            assert re.search(r"such as (\S+ = [^,.]+)", ALT)[1] in flow.words()
    readings = []
    for _ in frames:
        readings.append(flow.reading("weight scale"))
        assert (flow.moved(plain("dW^2")) != 0).any() or readings[-1] == 1
    assert readings == [tenths / 10 for tenths in picture.TENTHS]
    flow.page.context.close()


def test_the_script_writes_them(browser, saved, monkeypatch, tmp_path):
    monkeypatch.setattr(picture, "FOLDER", tmp_path)
    stops = [picture.STOPS[0], picture.HALF_WAY, "all"]
    for name, shorter in ("STOPS", stops), ("TENTHS", [20, 10]), ("FILMS", {"dark": "film.gif"}):
        monkeypatch.setattr(picture, name, shorter)
    picture.write(browser, saved)
    ground, loss = (ImageColor.getrgb(look.DARK[name]) for name in ("ground", "loss-ink"))
    seen = []
    with Image.open(tmp_path / picture.STILL) as still, Image.open(tmp_path / "film.gif") as film:
        assert still.size == film.size
        for place in range(film.n_frames):
            film.seek(place)
            seen.append(film.info["duration"])
            colours = [colour for _, colour in film.convert("RGB").getcolors()]
            assert {ground, loss} < set(colours), "our colours are rounded away"
    assert seen == [1200, 1200, 1800, 180, 1800]


@pytest.mark.parametrize("name", PICTURES)
def test_the_readme_shows_it_and_it_is_small(name):
    path = picture.FOLDER / name
    assert f'"{path.relative_to(ROOT).as_posix()}"' in README
    assert path.stat().st_size <= (200_000 if name == picture.STILL else 1_500_000)
    with Image.open(path) as image:
        assert image.width == round((picture.WIDTH - 32 + 2 * picture.MARGIN) * picture.SCALE)
