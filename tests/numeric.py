"""Gradients the slow and certain way, by nudging each number: the judge of every formula."""

import numpy as np

STEP = 1e-5  # for float64: truncation and rounding meet near here


def central_difference(function, array):
    """(f(a + h) − f(a − h)) / 2h for every entry a of `array`, which is put back as it was."""
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        kept = array[index]
        array[index] = kept + STEP
        above = function()
        array[index] = kept - STEP
        below = function()
        array[index] = kept
        gradient[index] = (above - below) / (2 * STEP)
    return gradient


def complex_step(function, array):
    """Im f(a + ih) / h for every entry a: exact to rounding, where complex numbers are taken."""
    gradient = np.zeros(array.shape)
    for index in np.ndindex(array.shape):
        nudged = array.astype(complex)
        nudged[index] += 1e-30j
        gradient[index] = function(nudged).imag / 1e-30
    return gradient


def distance(ours, theirs):
    """‖a − n‖ / max(‖a‖, ‖n‖)."""
    scale = max(np.linalg.norm(ours), np.linalg.norm(theirs))
    return np.linalg.norm(ours - theirs) / scale if scale else 0.0
