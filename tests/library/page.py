"""Runs the examples of the library's pages, and writes what they give into the pages.

`python -m tests.library.page` brings the pages up to date; the test holds them to it. An example
is a block of Python whose statements begin with ``>>>``; what they print stands below.
"""

import contextlib
import doctest
import io
import os
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "content" / language / "library.md" for language in ("en", "zh")]
FENCE = "```"


def run_again(text: str) -> str:
    """Return a page whose examples have been run, from the first to the last."""
    names: dict[str, Any] = {}
    parts = text.split(FENCE)
    for index in range(1, len(parts), 2):
        language, _, body = parts[index].partition("\n")
        if language == "python" and ">>>" in body:
            parts[index] = f"{language}\n{_answered(body, names)}"
    return FENCE.join(parts)


def _answered(body: str, names: dict[str, Any]) -> str:
    lines = []
    for example in doctest.DocTestParser().get_examples(body):
        source = example.source.rstrip("\n").split("\n")
        lines += [f">>> {source[0]}", *(f"... {line}".rstrip() for line in source[1:])]
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example.source, "<page>", "single"), names)
        lines += [line.rstrip() for line in printed.getvalue().rstrip("\n").split("\n") if line]
    return "\n".join(lines) + "\n"


@contextlib.contextmanager
def playbook(folder: Path) -> Any:
    """Work in the playbook, with a run store in `folder`."""
    before = Path.cwd(), os.environ.get("PEAKBOOK_STORE")
    os.chdir(ROOT)
    os.environ["PEAKBOOK_STORE"] = str(folder / "runs")
    try:
        yield
    finally:
        os.chdir(before[0])
        if before[1] is None:
            del os.environ["PEAKBOOK_STORE"]
        else:
            os.environ["PEAKBOOK_STORE"] = before[1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name, playbook(Path(name)):
        for page in PAGES:
            page.write_text(run_again(page.read_text(encoding="utf-8")), encoding="utf-8")
