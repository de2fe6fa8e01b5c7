"""Pages of a whole playbook: filled, filled again, broken, stale."""

import re
from collections.abc import Mapping
from pathlib import Path

import markdown
import pytest
import yaml

from simulate.report.blocks import find_blocks
from simulate.report.fingerprints import shown_fingerprint
from simulate.report.freshness import check_pages
from simulate.report.pages import fill_pages
from simulate.report.registry import CHARTS
from simulate.report.scaffold import scaffold
from simulate.results.outcome import Outcome
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import InputError
from tests.report.market_outcomes import make_market_loaded, make_market_outcome
from tests.report.outcomes import make_loaded
from tests.report.test_escape import EXTENSIONS

PAGE_CHARTS = set(CHARTS) - {"film"}
"""Those on a scenario's own page; the film has a page to itself."""

LANGUAGES = ("en", "zh")
NASTY = "</script>|**x** [a](b) <img src=x> :smile: {{x}} \u2028 `c`"

INDEX = """# Playbook

We ship <!-- peakbook:number paid_orders scenario=double-12 show=mean --><!-- /peakbook --> orders.

<!-- peakbook:table scenarios -->
<!-- /peakbook -->
"""

Outcomes = dict[str, tuple[Loaded, Outcome]]


def make_playbook(root: Path, label: str = "Audit") -> Outcomes:
    """Write a playbook of one scenario whose first station bears `label`, with empty blocks."""
    loaded = make_market_loaded(root, title=label, labels={"audit": label})
    for language in LANGUAGES:
        (root / language / "scenarios").mkdir(parents=True)
        (root / language / "index.md").write_text(INDEX, encoding="utf-8")
        page = root / language / "scenarios" / "double-12.md"
        page.write_text(scaffold("double-12", language, loaded.scenario), encoding="utf-8")
    return {"double-12": (loaded, make_market_outcome())}


def contents(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }


def fingerprints(outcomes: Outcomes) -> Mapping[str, str]:
    return {
        name: shown_fingerprint(loaded, outcome.fingerprint)
        for name, (loaded, outcome) in outcomes.items()
    }


@pytest.fixture(scope="module")
def playbook(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcomes]:
    """A filled playbook whose labels are nasty. Tests read it and leave it as it is."""
    root = tmp_path_factory.mktemp("content")
    outcomes = make_playbook(root, NASTY)
    fill_pages(root, LANGUAGES, outcomes)
    return root, outcomes


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Outcomes]:
    """A playbook without charts, for tests that write."""
    outcomes = make_playbook(tmp_path)
    for language in LANGUAGES:
        (tmp_path / language / "scenarios" / "double-12.md").unlink()
    return tmp_path, outcomes


def test_every_block_is_fresh(playbook: tuple[Path, Outcomes]) -> None:
    root, outcomes = playbook
    assert check_pages(root, LANGUAGES, fingerprints(outcomes)) == []


def test_filling_again_changes_nothing(playbook: tuple[Path, Outcomes]) -> None:
    root, outcomes = playbook
    before = contents(root)
    assert fill_pages(root, LANGUAGES, outcomes) == []
    assert contents(root) == before


def test_each_chart_has_four_files(playbook: tuple[Path, Outcomes]) -> None:
    root, _ = playbook
    for language in LANGUAGES:
        names = {file.name for file in (root / language / "assets" / "double-12").iterdir()}
        assert names == {
            f"{chart}.{suffix}"
            for chart in PAGE_CHARTS
            for suffix in ("light.svg", "dark.svg", "js", "csv")
        }


def test_nothing_names_another_host(playbook: tuple[Path, Outcomes]) -> None:
    root, _ = playbook
    for name, data in contents(root).items():
        addresses = set(re.findall(rb"https?:[^\s\"'<>)]*", data))
        known = {b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xlink"}
        assert addresses <= (known if name.endswith(".svg") else set()), name


def test_live_charts_are_small_and_cannot_leave_their_script(
    playbook: tuple[Path, Outcomes],
) -> None:
    root, _ = playbook
    for file in root.rglob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f'peakbookChart("double-12/{file.stem}", {{"spec":')
        assert text.endswith("});\n")
        assert len(text.encode()) < 100_000
        assert not set("<>\u2028\u2029") & set(text)


def test_csv_opens_in_a_spreadsheet(playbook: tuple[Path, Outcomes]) -> None:
    root, _ = playbook
    english = (root / "en/assets/double-12/flow.csv").read_bytes()
    chinese = (root / "zh/assets/double-12/flow.csv").read_bytes()
    assert english.startswith("\ufeffAt,Paid (orders),Dispatched (orders)".encode())
    assert english.splitlines()[1].startswith(b"2026-12-11 00:00,120,0,0")
    assert chinese.startswith("\ufeff时刻,付款（单）,发货（单）".encode())


def test_labels_never_become_markup(playbook: tuple[Path, Outcomes]) -> None:
    root, _ = playbook
    for language in LANGUAGES:
        text = (root / language / "scenarios/double-12.md").read_text(encoding="utf-8")
        html = markdown.markdown(text, extensions=EXTENSIONS)
        assert "<strong>x</strong>" not in html
        assert 'src="x"' not in html
        assert 'href="b"' not in html
        assert "<script" not in html.replace("&", "")
        assert html.count("<figure") == html.count("</figure>") == len(PAGE_CHARTS)
        assert html.count("<table>") == text.count("\n| --- |") > 10
        assert html.count("&#60;/script&#62;&#124;&#42;&#42;x&#42;&#42;") >= 5


def test_links_and_images_lead_to_files(playbook: tuple[Path, Outcomes]) -> None:
    root, _ = playbook
    for page in root.rglob("*.md"):
        links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
        for link in links:
            assert (page.parent / link).is_file(), (page, link)


def test_images_have_size_and_say_the_finding(playbook: tuple[Path, Outcomes]) -> None:
    root, _ = playbook
    text = (root / "en/scenarios/double-12.md").read_text(encoding="utf-8")
    images = re.findall(r"!\[(.*?)\]\((.*?)#only-(light|dark)\)\{ (.*?) \}", text)
    assert len(images) == 2 * len(PAGE_CHARTS)
    for alt, source, mode, size in images:
        assert re.search(r"\d", alt)
        assert source.endswith(f".{mode}.svg")
        width, height = re.search(r"width=(\d+) height=(\d+) loading=lazy", size).groups()
        svg = (root / "en/scenarios" / source).read_text(encoding="utf-8")
        assert f'width="{width}" height="{height}"' in svg


def test_a_changed_outcome_makes_its_blocks_stale(playbook: tuple[Path, Outcomes]) -> None:
    root, outcomes = playbook
    now = dict.fromkeys(outcomes, "0" * 16)
    findings = check_pages(root, LANGUAGES, now)
    assert {finding.kind for finding in findings} == {"stale"}
    assert len(findings) == 2 * 28
    assert str(findings[0]).endswith("run `peakbook publish`")


def test_empty_and_edited_blocks_and_missing_files_are_found(
    small: tuple[Path, Outcomes],
) -> None:
    root, outcomes = small
    now = fingerprints(outcomes)
    assert [finding.kind for finding in check_pages(root, ["en"], now)] == ["empty", "empty"]
    (root / "en/chart.md").write_text(
        "<!-- peakbook:chart funnel scenario=double-12 -->\n<!-- /peakbook -->\n"
    )
    fill_pages(root, ["en"], outcomes)
    assert check_pages(root, ["en"], now) == []
    (root / "en/assets/double-12/funnel.csv").unlink()
    index = root / "en/index.md"
    index.write_text(index.read_text(encoding="utf-8").replace("4,360<", "9,999<"))
    found = check_pages(root, ["en"], now)
    assert [(finding.kind, finding.place.line) for finding in found] == [
        ("missing asset", 1),
        ("edited", 3),
    ]


def test_a_scenario_without_a_page_has_no_link(small: tuple[Path, Outcomes]) -> None:
    root, outcomes = small
    fill_pages(root, ["en"], outcomes)
    assert "| Audit | " in (root / "en/index.md").read_text(encoding="utf-8")


def test_a_scenario_with_a_page_has_a_link(small: tuple[Path, Outcomes]) -> None:
    root, outcomes = small
    (root / "en/scenarios/double-12.md").write_text("# Double 12\n")
    (root / "en/scenarios/index.md").write_text(
        "<!-- peakbook:table scenarios -->\n<!-- /peakbook -->\n"
    )
    fill_pages(root, ["en"], outcomes)
    assert "| [Audit](scenarios/double-12.md) |" in (root / "en/index.md").read_text()
    assert "| [Audit](../scenarios/double-12.md) |" in (root / "en/scenarios/index.md").read_text()


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("table mesures scenario=double-12", "no table `mesures`, did you mean `measures`?"),
        ("tabel measures scenario=double-12", "kind of block `tabel`, did you mean `table`?"),
        ("table measures", "does not say whose numbers: write `scenario=NAME` after it"),
        ("table measures scenario=double-11", "no scenario `double-11`, did you mean `double-12`?"),
        ("table measures scenario=double-12 onyl=visitors", "key `onyl`, did you mean `only`?"),
        ("table measures scenario=double-12 only=visitor", "`visitor`, did you mean `visitors`?"),
        ("table scenarios scenario=double-12", "unknown key `scenario`"),
        ("verdict double-12 scenario=double-12", "no verdict `double-12`: write one of `year`"),
        ("findings double-12 plan=annual", "`findings` takes no name: remove `double-12`"),
        ("chart calendar", "does not say whose numbers: write `plan=NAME` after it"),
        ("chart calendar plan=annual", "there is no plan `annual`"),
        ("chart scenario=double-12", "`chart` does not say what it shows: write one of `film`"),
    ],
)  # fmt: skip
def test_a_broken_block_leaves_everything_as_it_was(
    small: tuple[Path, Outcomes], block: str, expected: str
) -> None:
    root, outcomes = small
    page = root / "en/zz.md"
    page.write_text(f"# Page\n\n<!-- peakbook:{block} -->\n<!-- /peakbook -->\n")
    before = contents(root)
    with pytest.raises(InputError) as error:
        fill_pages(root, LANGUAGES, outcomes)
    (problem,) = error.value.problems
    assert expected in problem.message
    assert problem.place is not None
    assert (problem.place.file, problem.place.line, problem.place.column) == (page, 3, 1)
    assert contents(root) == before


def test_a_number_names_a_measure(small: tuple[Path, Outcomes]) -> None:
    root, outcomes = small
    page = root / "en/zz.md"
    page.write_text(
        "Of <!-- peakbook:number paid scenario=double-12 show=all --><!-- /peakbook -->\n"
    )
    with pytest.raises(InputError, match="`show=all` means nothing: write one of `mean`"):
        fill_pages(root, ["en"], outcomes)
    page.write_text(
        "Of <!-- peakbook:number payd_orders scenario=double-12 --><!-- /peakbook -->\n"
    )
    with pytest.raises(InputError, match=r"zz.md:1:4: there is no measure `payd_orders`, did you"):
        fill_pages(root, ["en"], outcomes)


def test_a_page_that_is_not_utf8_is_told(small: tuple[Path, Outcomes]) -> None:
    root, outcomes = small
    (root / "en/zz.md").write_bytes("包".encode("gbk"))
    with pytest.raises(InputError, match=r"zz.md:1:1: the page is not UTF-8 text"):
        fill_pages(root, ["en"], outcomes)


def test_a_new_label_or_target_makes_a_page_stale_without_a_new_run(tmp_path: Path) -> None:
    before = make_loaded(tmp_path)
    relabelled = make_loaded(tmp_path, labels={"audit": "Checking in"})
    retargeted = make_loaded(tmp_path, targets={"on_time_share": "99%"})
    prints = {shown_fingerprint(each, "ab" * 32) for each in (before, relabelled, retargeted)}
    assert len(prints) == 3
    assert {each[:8] for each in prints} == {"abababab"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_draft_of_a_page_has_every_chart(language: str, tmp_path: Path) -> None:
    text = scaffold("double-13", language, make_market_loaded(tmp_path).scenario)
    front, _, body = text.removeprefix("---\n").partition("---\n")
    blocks, problems = find_blocks(text, Path("page.md"))
    assert problems == []
    assert "double-13" in yaml.safe_load(front)["description"]
    assert body.startswith("\n# double-13\n")
    assert {block.name for block in blocks if block.kind == "chart"} == PAGE_CHARTS
    assert {block.scenario for block in blocks} == {"double-13"}


def test_the_first_draft_has_only_what_the_scenario_has(tmp_path: Path) -> None:
    text = scaffold("double-13", "en", make_loaded(tmp_path).scenario)
    blocks, _ = find_blocks(text, Path("page.md"))
    assert [block.name for block in blocks if block.kind == "chart"] == [
        "flow", "funnel", "channels", "backlog", "utilisation", "people", "lead-time",
        "collections",
    ]  # fmt: skip
    assert "## Are customers answered?" not in text


def test_a_chart_of_what_is_not_there_says_so_and_needs_no_files(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    page = tmp_path / "en" / "page.md"
    page.write_text("<!-- peakbook:chart desk scenario=double-12 -->\n<!-- /peakbook -->\n")
    outcomes = {"double-12": (make_loaded(tmp_path), make_market_outcome())}
    assert fill_pages(tmp_path, ["en"], outcomes) == [page]
    assert "\nThis scenario has no service desk.\n" in page.read_text(encoding="utf-8")
    assert check_pages(tmp_path, ["en"], fingerprints(outcomes)) == []
