"""A card says the same in both its forms, and lets no text of a learner's be markup."""

import re
from html import unescape
from xml.dom.minidom import parseString

import numpy as np

from backprop_lib.checks import check, hint, progress
from backprop_lib.checks.card import STYLE, TONES, WIDTH, Card
from backprop_lib.look import DARK, LIGHT

MARKUP = "<script>alert(1)</script> & <b>"


def dense_forward(X, W, b):
    print(MARKUP)
    raise ValueError(MARKUP)


def words(text):
    unnumbered = re.sub(r"^ +\d\. ", "", text, flags=re.MULTILINE)
    return re.sub(r"[\s`✓✗○›:.,“”]+", " ", unnumbered).split()


def text_of(html):
    body = html.removeprefix(STYLE)
    return unescape(re.sub(r"<[^>]+>", " ", body))


def every_card():
    def relu_forward(Z):
        return np.abs(Z)

    def sigmoid_forward(Z):
        return 1 / (1 + np.exp(Z))

    return [check(dense_forward), check(relu_forward), check(sigmoid_forward), check(len),
            check(MARKUP), hint(relu_forward), hint(relu_forward), hint(relu_forward), progress()]


def test_both_forms_say_the_same_words():
    for card in every_card():
        assert words(repr(card)) == words(text_of(card._repr_html_()))


def test_a_learners_text_is_never_markup():
    html = check(dense_forward)._repr_html_()
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;") == 2


def test_a_card_is_the_same_each_time():
    for first, second in zip(every_card()[:5], every_card()[:5], strict=True):
        assert repr(first) == repr(second)


def test_plain_lines_are_short_but_for_a_learners_own():
    for card in every_card()[1:]:
        assert all(len(line) <= WIDTH + 4 for line in repr(card).splitlines())


def test_every_tone_has_a_mark_and_a_colour_in_both_themes():
    assert len({mark for mark, _ in TONES.values()}) == len(TONES)
    for tone, (_, ink) in TONES.items():
        for look, theme in ((LIGHT, "true"), (DARK, "false")):
            where = f'[data-jp-theme-light="{theme}"] .backprop-card.{tone}'
            assert f"{where} {{ --tone: {look[ink]}; }}" in STYLE


def test_the_rich_form_is_well_formed():
    for card in every_card():
        parseString(card._repr_html_().removeprefix(STYLE))


def test_nothing_to_say_adds_nothing():
    card = Card("open", "a", "b").text("").rows([]).code("c", "")
    assert repr(card) == "○ a: b"
