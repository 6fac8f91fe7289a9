"""What an explorer is without a page: controls, a pure `compute`, and what follows from them."""

import threading

import numpy as np

from backprop_lib import look
from backprop_lib.explorers.controls import Number, Scrubber
from backprop_lib.explorers.panels import Walk


class Frames:
    """Controls over a pure `compute`: one frame of arrays for each place of the controls."""

    costly = False  # True where a frame takes more than 20 ms: then only scrubbers are swept
    not_finite = ()  # the arrays that are shown because they can be NaN or infinite

    def __init__(self, controls, panels, shown=None):
        self.controls = {control.name: control for control in controls}
        self.panels = tuple(panels)
        self.sums = tuple(s for panel in panels for s in getattr(panel, "sums", ()))
        self.roles = {n: role for panel in reversed(self.panels) for n, role in panel.roles.items()}
        self.walk = next((p for p in panels if isinstance(p, Walk)), None)
        self._lock = threading.RLock()
        start = self.check({name: control.value for name, control in self.controls.items()})
        shown = self.require(self.controls if shown is None else shown)
        self.shown = tuple(control for control in controls if control.name in shown)
        self.present = start, self.arrays(**start)  # the last good parameters, and their arrays
        self.largest = self._largest()

    def compute(self, **parameters):
        """Return the arrays of one frame by name. Pure: it is called from several threads."""
        raise NotImplementedError

    def words(self, arrays, **parameters):
        """Return in words what the frame shows; the microscope adds its own sentence."""
        raise NotImplementedError

    def arrays(self, **parameters):
        """Return one frame's arrays, and with them the terms that the microscopes show."""
        with self._lock:
            arrays = {name: np.asarray(a, float) for name, a in self.compute(**parameters).items()}
        return arrays | {s.terms: s.compute(arrays) for s in self.sums if s.of[0] in arrays}

    def frame_at(self, **parameters):
        """Return one frame: (arrays, words), or ({}, None) where it cannot be computed."""
        try:
            arrays = self.arrays(**parameters)
            return arrays, self.words(arrays, **parameters)
        except Exception:  # the page will ask for this one alone, and be told
            return {}, None

    def sweep(self, control, **parameters):
        """Return [(position, arrays)] over all positions of one control, the others as they are.

        Raises:
            ValueError, TypeError: as `set`.
        """
        self.require([control])
        around = self.present[0] | self.check(parameters)
        positions = self.controls[control].positions()
        return [(value, self.arrays(**around | {control: value})) for value in positions]

    def sweeps(self, control):
        """Tell whether a curve over this control can be drawn: it holds a number, swept ahead."""
        return type(control) in (Number, Scrubber) and self.ahead(control)

    def ahead(self, control):
        """Tell whether the kernel computes this control's whole sweep ahead of the hand."""
        return not self.costly or isinstance(control, Scrubber)

    def sum_of(self, name):
        """Return the Sum that makes `name`, or from which it is made; None if no panel tells."""
        return next((s for s in self.sums if name in (s.of[0], s.then)), None)

    def digits(self, name, exact=False):
        """Return how many decimals an array is written with; a gradient's sum has one more."""
        role = self.roles.get(name)
        digits = look.DIGITS["gradient" if role in ("backward", "loss") else "value"]
        return digits + (exact and role == "backward")

    def require(self, names):
        """Refuse the name of a control that there is not."""
        for name in names:
            if name not in self.controls:
                known = ", ".join(self.controls)
                raise ValueError(f"There is no control {name!r}, expected {known}.")
        return tuple(names)

    def check(self, parameters):
        """Return the parameters as `compute` takes them, or refuse them in words."""
        names = self.require(parameters)
        return {name: self.controls[name].check(parameters[name]) for name in names}

    def _largest(self):
        """Each array's largest shape at the controls' ends: nothing jumps when one moves."""
        start, arrays = self.present
        shapes = {name: array.shape for name, array in arrays.items()}
        for control in self.controls.values():
            for end in (control.positions()[0], control.positions()[-1]):
                if end == start[control.name]:
                    continue
                found, _ = self.frame_at(**start | {control.name: end})
                for name, array in found.items():
                    known = shapes.get(name, array.shape)
                    shapes[name] = tuple(map(max, known, array.shape))
        return {name: list(shape) for name, shape in shapes.items()}
