"""A small course to build: one chapter, one exercise, and the build's command line."""

from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = """\
# The forward pass

+++

Z is a sum.

```{code-cell}
Z = 2 + 3
print(Z)
```

```{code-cell}
:tags: [raises-exception]
[1][Z]
```
"""
EXERCISE = '''\
# %% [markdown]
# # Exercises

# %%
def double(Z):
    """Return 2 Z."""
    # BEGIN SOLUTION
    A = 2 * Z

    return A
    # END SOLUTION


def half(Z):
    if Z:
        # BEGIN SOLUTION
        return Z / 2
        # END SOLUTION
    return 0


# %%
try:
    print(double(4))
except NotImplementedError:
    print("not attempted")
'''
CHAPTER_BOOK = "chapters/01_forward_pass.ipynb"
SOLUTION_BOOK = "solutions/01_forward_pass.ipynb"
EXERCISE_BOOK = "exercises/01_forward_pass.ipynb"


class Course:
    """A small course in a folder of its own, and the build's command line."""

    def __init__(self, folder, tools, monkeypatch, capsys):
        self.folder, self.main = folder, tools.build.main
        self.monkeypatch, self.capsys = monkeypatch, capsys
        monkeypatch.setattr(tools.sources, "ROOT", folder)
        self.write("chapters/source/01_forward_pass.md", CHAPTER)
        self.write("solutions/source/01_forward_pass.py", EXERCISE)

    def write(self, name, text):
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text)

    def read(self, name):
        return nbformat.read(self.folder / name, as_version=4)

    def edit(self, name, change):
        book = self.read(name)
        change(book)
        (self.folder / name).write_text(nbformat.writes(book) + "\n")

    def bytes(self):
        files = (path for path in self.folder.glob("*/*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}

    def run(self, *arguments, **environment):
        """Return what the build printed, and its last words where it stopped, else None."""
        with self.monkeypatch.context() as patch:
            for name in "CI", "FORCE":
                patch.delenv(name, raising=False)
            for name, value in environment.items():
                patch.setenv(name, value)
            try:
                stopped = self.main(list(arguments))
            except SystemExit as stop:
                stopped = str(stop)
        return self.capsys.readouterr().out, stopped


def answer(book):
    book.cells[1].source = "def double(Z):\n    return Z + Z"
