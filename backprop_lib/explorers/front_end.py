"""The page's half of an explorer: one module and one stylesheet, joined from page/."""

import re
from pathlib import Path

from backprop_lib import look

PAGE = Path(__file__).parent / "page"
DARK = '[data-jp-theme-light="false"], .vscode-dark, [theme="dark"]'  # JupyterLab, VS Code, Colab
LIGHT = '[data-jp-theme-light="true"], .vscode-light, [theme="light"]'


def module(kinds, alone=False):
    """Return one ES module: the engine, and of the panels and controls those that are needed.

    Args:
        kinds: the names of the panels and controls, as in "board".
        alone: for a page without a kernel.
    """
    first, last = PAGE / "drawing.js", PAGE / "alone.js"
    files = [first, *sorted(set(PAGE.glob("*.js")) - {first, last}), *_parts(kinds, "js")]
    return _joined(files + [last] * alone)


def stylesheet(kinds):
    """Return the styles, and before them the colours of `look` for a light and a dark page."""
    files = [PAGE / "explorer.css", *_parts(kinds, "css")]
    colours = (
        f"--bp-{name}: light-dark({light}, {look.DARK[name]});"
        for name, light in look.LIGHT.items()
    )
    styles = (
        f".bp-explorer {{ color-scheme: light dark; {' '.join(colours)} }}\n"  # as the system says
        f":is({LIGHT}) .bp-explorer {{ color-scheme: light; }}\n"
        f":is({DARK}) .bp-explorer {{ color-scheme: dark; }}\n" + _joined(files)
    )
    return re.sub(r"/\*.*?\*/|(?<=[{};:,])\s+|\s+(?={)", "", styles)


def _parts(kinds, suffix):
    names = {f"{kind}.{suffix}" for kind in kinds}
    return sorted(file for file in PAGE.glob(f"*/*.{suffix}") if file.name in names)


def _joined(files):
    """The files one after the other, without indents, comments and needless ends of lines."""
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    text = re.sub(r"^(\s+|//.*\n)+| +// .*$", "", text, flags=re.MULTILINE)
    return re.sub(r"(?<=[;,{(])\n", "", text)
