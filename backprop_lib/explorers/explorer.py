"""The engine under every explorer: controls over a pure `compute`, and a kernel that runs ahead.

An explorer is a subclass with `compute(**parameters) -> arrays` and `words(arrays, **parameters)`.
When a control is touched, the page asks for its whole sweep (one header, one buffer of numbers),
draws from it while the hand drags, and tells the kernel the parameters afterwards.
"""

import base64
import threading

import anywidget
import numpy as np
import traitlets

from backprop_lib import look
from backprop_lib.explorers import figure, front_end
from backprop_lib.explorers.encoding import encode
from backprop_lib.explorers.notation import entry_name
from backprop_lib.explorers.panels import Scrubber


class Explorer(anywidget.AnyWidget):
    """Controls over a pure `compute`, drawn by panels.

    `set(weight=1.5)` moves a control from code, `pick("Z", 0, 1)` puts an entry under the
    microscope, `figure()` draws the present frame with matplotlib.

    Args:
        title: what a screen reader calls it.
        controls: the parameters of `compute`.
        panels: what to look at, from top to bottom.
        picked: the entry under the microscope, as in ("Z", 0, 0); () for none.
        shown: names of the controls on the page, the others keep their value; all when None.

    Raises:
        ValueError, TypeError: a name in `shown` that is no control, a start value out of range.
    """

    _esm = front_end.module()
    _css = front_end.stylesheet()
    spec = traitlets.Dict().tag(sync=True)
    parameters = traitlets.Dict().tag(sync=True)
    picked = traitlets.List().tag(sync=True)
    step = traitlets.Unicode("all").tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)

    def __init__(self, title, controls, panels, picked=(), shown=None):
        self.controls = {control.name: control for control in controls}
        self.panels = tuple(panels)
        self.sums = tuple(s for panel in panels for s in getattr(panel, "sums", ()))
        matrices = [m for panel in panels for m in getattr(panel, "matrices", ())]
        self.roles = {one.name: one.role for m in matrices for one in m.family()}
        self.scrubber = next((p for p in panels if isinstance(p, Scrubber)), None)
        self._lock = threading.RLock()
        start = self._check({name: control.value for name, control in self.controls.items()})
        shown = self._require(self.controls if shown is None else shown)
        self.shown = tuple(control for control in controls if control.name in shown)
        self.present = start, self.arrays(**start)  # the last good parameters, and their arrays
        self.largest = self._largest()
        spec = {
            "title": title,
            "controls": [c.spec() | {"shown": c in self.shown} for c in controls],
            "panels": [panel.spec(self.largest) for panel in panels],
            "largest": self.largest,
            "roles": self.roles,
            "look": {"tint": look.TINT, "cap": look.CAP, "digits": look.DIGITS},
        }
        super().__init__(spec=spec, parameters=start, picked=list(picked), frame=self._frame())
        self.observe(self._follow, "parameters")
        self.on_msg(self._answer)

    def compute(self, **parameters):
        """Return the arrays of one frame by name. Pure: it is called from several threads."""
        raise NotImplementedError

    def words(self, arrays, **parameters):
        """Return in words what the frame shows; the microscope adds its own sentence."""
        raise NotImplementedError

    def set(self, **parameters):
        """Move controls from code.

        Raises:
            ValueError: an unknown control, or a value out of range.
            TypeError: a wrong kind of value.
        """
        checked = self._check(parameters)
        with self.hold_sync():
            self.parameters = self.parameters | checked

    def pick(self, name, *index):
        """Put one entry under the microscope, as in `pick("Z", 0, 1)`.

        Raises:
            ValueError: no microscope explains `name`, or it has no such entry.
        """
        _, arrays = self.present
        if self.sum_of(name) is None or name not in arrays:
            raise ValueError(f"{name} cannot be picked: no microscope shows how it is made.")
        if index not in np.ndindex(arrays[name].shape):
            shape = arrays[name].shape
            raise ValueError(f"There is no {entry_name(name, *index)}: {name} has shape {shape}.")
        self.picked = [name, *index]

    def go(self, step):
        """Move the scrubber, as in `go("dW^2")`; `go("all")` shows everything.

        Raises:
            ValueError: no stop has that name.
        """
        names = [stop.name for stop in self.scrubber.stops] + ["all"] if self.scrubber else []
        if step not in names:
            raise ValueError(f"There is no stop {step!r}, expected {', '.join(names)}.")
        with self.hold_sync():
            self.step = step
            if self.sum_of(step):
                self.picked = [step, *([0] * self.present[1][step].ndim)]

    def seen(self):
        """Return the present frame's arrays without those that a later stop of the pass makes."""
        later = self.later()
        return {name: array for name, array in self.present[1].items() if name not in later}

    def later(self):
        """Return the names of what the later stops make."""
        return self.scrubber.later(self.step) if self.scrubber else []

    def arrays(self, **parameters):
        """Return one frame's arrays, and with them the terms that the microscopes show."""
        with self._lock:
            arrays = {name: np.asarray(a, float) for name, a in self.compute(**parameters).items()}
        return arrays | {s.terms: s.compute(arrays) for s in self.sums if s.of[0] in arrays}

    def sweep(self, control, **parameters):
        """Return [(position, arrays)] over all positions of one control, the others as they are.

        Raises:
            ValueError, TypeError: as `set`.
        """
        self._require([control])
        around = self.parameters | self._check(parameters)
        positions = self.controls[control].positions()
        return [(value, self.arrays(**around | {control: value})) for value in positions]

    def described(self):
        """Return the present frame in words: the alt text, the repr, and what nbval compares."""
        parameters, arrays = self.present
        step = self.scrubber.said(self.step) if self.scrubber else ""
        return f"{step} {self.words(arrays, **parameters)} {self.explained()}".strip()

    def explained(self):
        """Return the microscope's sentence: the sum that made the picked entry; "" if none."""
        picked = self.picked_entry()
        if not picked:
            return ""
        made, arrays = self.sum_of(picked[0]), self.seen()
        digits = self.digits(made.of[0], exact=True)
        return made.said(picked, arrays, digits, made.then in arrays)

    def picked_entry(self):
        """Return the picked entry, moved inside where the batch has become smaller; () if none."""
        arrays = self.seen()
        if not self.picked or self.sum_of(self.picked[0]).of[0] not in arrays:
            return ()
        name, *index = self.picked
        return (name, *(min(i, n - 1) for i, n in zip(index, arrays[name].shape, strict=True)))

    def sum_of(self, name):
        """Return the Sum that makes `name`, or from which it is made; None if no panel tells."""
        return next((s for s in self.sums if name in (s.of[0], s.then)), None)

    def digits(self, name, exact=False):
        """Return how many decimals an array is written with; a gradient's sum has one more."""
        role = self.roles.get(name)
        digits = look.DIGITS["gradient" if role in ("backward", "loss") else "value"]
        return digits + (exact and role == "backward")

    def figure(self):
        """Return the present frame as a matplotlib Figure: what stands on paper and on GitHub."""
        return figure.draw(self)

    def __repr__(self):
        return self.described()

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        image, width, height = figure.png(self.figure())
        data["image/png"] = base64.b64encode(image).decode()
        alt = {"alt": data["text/plain"], "width": width, "height": height}
        return data, metadata | {"image/png": alt}

    def _require(self, names):
        for name in names:
            if name not in self.controls:
                known = ", ".join(self.controls)
                raise ValueError(f"There is no control {name!r}, expected {known}.")
        return tuple(names)

    def _check(self, parameters):
        names = self._require(parameters)
        return {name: self.controls[name].check(parameters[name]) for name in names}

    def _largest(self):
        """Each array's largest shape at the controls' ends: nothing jumps when one moves."""
        start, arrays = self.present
        shapes = {name: array.shape for name, array in arrays.items()}
        for control in self.controls.values():
            for end in (control.positions()[0], control.positions()[-1]):
                try:
                    found = self.arrays(**start | {control.name: end})
                except Exception:  # the page will say so when the control is there
                    continue
                for name, array in found.items():
                    known = shapes.get(name, array.shape)
                    shapes[name] = tuple(map(max, known, array.shape))
        return {name: list(shape) for name, shape in shapes.items()}

    def _frame(self, problem=""):
        parameters, arrays = self.present
        (header,), data = encode([(arrays, self.words(arrays, **parameters))])
        return {"parameters": parameters, "problem": problem, "data": data, **header}

    def _follow(self, _):
        """Keep the frame in step; what goes wrong is one line, and the last good picture stays."""
        with self._lock:
            parameters = self.parameters
            try:
                parameters = self._check(parameters)
                self.present = parameters, self.arrays(**parameters)
                self.frame = self._frame()
            except Exception as reason:
                problem = f"{type(reason).__name__}: {reason}"
                self.frame = self.frame | {"parameters": parameters, "problem": problem}

    def _answer(self, _, content, __):
        """Answer the page's wish for a sweep."""
        if content.get("kind") != "sweep":
            return
        control, around = content["control"], self._check(content["parameters"])
        frames = []
        for value in self.controls[self._require([control])[0]].positions():
            here = around | {control: value}
            try:
                arrays = self.arrays(**here)
                frames.append((arrays, self.words(arrays, **here)))
            except Exception:  # the page will ask for this one position, and be told
                frames.append(({}, None))
        headers, data = encode(frames)
        self.send({"kind": "sweep", "key": content["key"], "frames": headers}, [data])
