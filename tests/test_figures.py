"""A figure reaches the page as a picture with its sentence, and leaves nothing open behind it."""

import numpy as np
import pytest
from matplotlib import pyplot

from backprop_lib import figures


def drawn():
    figure, axes = figures.subplots(1, 3)
    axes[0].plot([0, 1], [1, 0])
    figures.table(axes[2], [[1.0, -2.0], [0.0, 0.5]])
    figures.picture(axes[1], np.linspace(0, 1, 64), "a digit")
    return figure


def test_the_sentence_goes_wherever_the_picture_goes(monkeypatch):
    shown = []
    monkeypatch.setattr(figures, "display", lambda *data, **more: shown.append((data[0], more)))
    figures.show(drawn(), "A line falls from one to zero.")
    (data, more), sentence = shown[0], "A line falls from one to zero."
    assert data["text/plain"] == more["metadata"]["image/png"]["alt"] == sentence
    assert len(data["image/png"]) > 1000


def test_a_figure_without_a_sentence_is_refused():
    with pytest.raises(ValueError, match="alt is 'A line', expected a sentence"):
        figures.show(drawn(), "A line")


def test_no_figure_stays_open(monkeypatch):
    monkeypatch.setattr(figures, "display", lambda *data, **more: None)
    figures.show(drawn(), "A line falls from one to zero.")
    assert pyplot.get_fignums() == []
