"""The stored outputs of a notebook: made alike for every run, and looked over for faults."""

import base64
import io
import re
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
VIEW, STATE = (f"application/vnd.jupyter.widget-{part}+json" for part in ("view", "state"))
# What is another on the next run or the next machine, and so has no place in a stored output.
STRAY = re.compile(rf"\bat 0x[\da-fA-F]{{6,}}|{re.escape(str(ROOT))}\S*|site-packages\S*")


def tidy(book):
    """Take out of a notebook's outputs what differs from run to run; its metadata goes, too.

    A widget's view goes because its model dies with the kernel: what is shown then is the picture
    that stands beside it. A traceback goes because it names folders of one machine.
    """
    state = book.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    book.metadata = {}
    for cell in book.cells:
        outputs = []
        for output in cell.get("outputs", []):
            if view := output.get("data", {}).pop(VIEW, None):
                text = output.data.get("text/plain", "")
                output.data["text/plain"] = as_it_ended(text, view["model_id"], state)
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
            if outputs and "name" in output and output.name == outputs[-1].get("name"):
                outputs[-1].text += output.text  # chance cuts a stream into pieces
            else:
                outputs.append(output)
        if cell.cell_type == "code":
            cell.outputs = outputs
    return book


def as_it_ended(text, widget, state):
    """Return tqdm's text with the bar as the run left it: Jupyter stores the bar as it began."""
    for child in state.get(widget, {}).get("state", {}).get("children", []):
        bar = state[child.removeprefix("IPY_MODEL_")]
        if bar["model_name"] == "FloatProgressModel":
            done, total = round(bar["state"]["value"]), round(bar["state"]["max"])
            blocks = "█" * round(10 * done / total)
            bar = f" {done / total:.0%}|{blocks:10}| {done}/{total}"
            return re.sub(r"\s*\d+%\|.*", bar, text).strip()
    return text


def keep_pictures(book, old):
    """Put back each old picture whose pixels are the new one's: nothing but bytes would change."""
    before = {cell.get("id"): cell.get("outputs", []) for cell in old.cells}
    for cell in book.cells:
        for new, was in zip(cell.get("outputs", []), before.get(cell.id, []), strict=False):
            if pixels(new) and pixels(new) == pixels(was):
                new.data["image/png"] = was.data["image/png"]


def pixels(output):
    """Return the size and colours of an output's picture, or None where it has none."""
    png = output.get("data", {}).get("image/png")
    if png is None:
        return None
    picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA")
    return picture.size, picture.tobytes()


def faults(book):
    """Return what is wrong with a notebook's outputs, one sentence for each."""
    return [
        f"cell {cell.get('id')} {fault}"
        for cell in book.cells
        if cell.cell_type == "code" and cell.source.strip()
        for fault in faults_of(cell)
    ]


def faults_of(cell):
    """Yield what is wrong with the outputs of one code cell."""
    if cell.execution_count is None:
        yield "was not run"
    raised = any(output.output_type == "error" for output in cell.outputs)
    if "raises-exception" in cell.metadata.get("tags", []) and not raised:
        yield "is tagged raises-exception, but raised none"
    for output in cell.outputs:
        data = output.get("data", {})
        text = output.get("text") or output.get("evalue") or data.get("text/plain", "")
        if output.get("name") == "stderr":
            yield f"writes to stderr, as a warning does: {text.strip()}"
        if stray := STRAY.search(text):
            yield f"says {stray[0]!r}, which is something else on the next run or machine"
        for kind in data:
            alt = output.metadata.get(kind, {}).get("alt", "")
            if kind.startswith("image/") and (len(alt) < 20 or text != alt):
                yield "shows a picture that no sentence says: use figures.show(figure, sentence)"
