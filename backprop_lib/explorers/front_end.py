"""The page's half of every explorer: one module and one stylesheet, joined from page/."""

from pathlib import Path

from backprop_lib import look

PAGE = Path(__file__).parent / "page"
SCRIPTS = ("drawing", "board", "scrubber", "panels", "controls", "explorer", "view")
DARK = '[data-jp-theme-light="false"], .vscode-dark, [theme="dark"]'  # JupyterLab, VS Code, Colab
LIGHT = '[data-jp-theme-light="true"], .vscode-light, [theme="light"]'


def module():
    """Return the front end as one ES module."""
    return "\n".join((PAGE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


def stylesheet():
    """Return explorer.css, and before it the colours of `look` for a light and for a dark page."""
    light, dark = (_variables(look.LIGHT, "light"), _variables(look.DARK, "dark"))
    told = f":is({DARK}, {LIGHT})"  # elsewhere the reader's system says
    return (
        f".bp-explorer {{ {light} }}\n"
        f":is({DARK}) .bp-explorer {{ {dark} }}\n"
        f"@media (prefers-color-scheme: dark) {{\n"
        f":root:not({told}, :has({told})) .bp-explorer {{ {dark} }}\n}}\n"
        + (PAGE / "explorer.css").read_text(encoding="utf-8")
    )


def _variables(colours, scheme):
    named = "".join(f"--bp-{name}: {colour}; " for name, colour in colours.items())
    return f"{named}color-scheme: {scheme};"
