"""The first cell of the course tells a reader the truth about their environment."""

from importlib.metadata import PackageNotFoundError

from backprop_lib import environment


def said(monkeypatch, capsys, versions=None, python="3.11.7"):
    """Return what the report prints where these packages have other versions, None for missing."""
    real = environment.version

    def version(name):
        found = (versions or {}).get(name, real(name))
        if found is None:
            raise PackageNotFoundError(name)
        return found

    monkeypatch.setattr(environment, "version", version)
    monkeypatch.setattr(environment.platform, "python_version", lambda: python)
    environment.report()
    return capsys.readouterr().out


def test_here_all_is_well(monkeypatch, capsys):
    assert said(monkeypatch, capsys).startswith("Ready.")


def test_what_is_wrong_is_named_with_what_came_and_what_was_expected(monkeypatch, capsys):
    words = said(monkeypatch, capsys, {"numpy": "1.26.4", "anywidget": None}, python="3.10.1")
    assert words.startswith("Not ready yet.")
    assert "Python is 3.10.1, expected >=3.11." in words
    assert "numpy is 1.26.4, expected <3,>=2." in words
    assert "anywidget is missing, expected" in words
    assert "tqdm" not in words
    assert "pip install -e ." in words


def test_a_package_that_was_never_installed(monkeypatch, capsys):
    def metadata(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(environment, "metadata", metadata)
    assert "backprop_lib is not installed." in said(monkeypatch, capsys)
