"""The visual language: colours stand in one place, and every letter can be read."""

import re
from pathlib import Path

import pytest

from backprop_lib import look

ROLES = {"forward": "#0072B2", "backward": "#D55E00", "parameter": "#009E73", "loss": "#CC79A7"}
THEMES = {"light": look.LIGHT, "dark": look.DARK}
LIBRARY = Path(look.__file__).parent


def luminance(colour):
    """Return the relative luminance of WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour, ground, share):
    """Return `colour` laid over `ground` with this opacity."""
    pairs = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in pairs)


def test_the_roles_are_those_of_okabe_and_ito():
    assert {role: look.LIGHT[role] for role in ROLES} == ROLES
    assert look.LIGHT.keys() == look.DARK.keys()


@pytest.mark.parametrize("theme", THEMES)
def test_letters_can_be_read(theme):
    colours = THEMES[theme]
    for name in ("ink", "muted", "faint", *(f"{role}-ink" for role in ROLES)):
        assert contrast(colours[name], colours["ground"]) >= 4.5, name


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", [*ROLES, "negative"])
def test_one_ink_reads_on_the_deepest_tint(theme, role):
    colours = THEMES[theme]
    deepest = mixed(colours[role], colours["ground"], look.CAP)
    assert contrast(colours["ink"], deepest) >= 4.5


def test_colours_are_written_in_one_place():
    colour = re.compile(r"#(?:[0-9a-fA-F]{3,4}){1,2}\b|\brgba?\(|\bhsla?\(")
    files = set(LIBRARY.rglob("*.*")) - {LIBRARY / "look.py"}
    texts = {
        file: file.read_text("utf-8") for file in files if file.suffix in {".py", ".js", ".css"}
    }
    assert len(texts) > 10
    for file, text in texts.items():
        assert not colour.search(text), file
