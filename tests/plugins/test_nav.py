"""A navigation that takes in the pages which nobody listed."""

from pathlib import PurePosixPath

from plugins.nav import completed

NAV = [{"Home": "index.md"}, {"Scenarios": ["scenarios/index.md", "scenarios/b.md"]}, "model.md"]


def pages(*names: str) -> list[PurePosixPath]:
    return [PurePosixPath(name) for name in names]


def test_a_new_page_joins_the_section_of_its_folder() -> None:
    found = completed(NAV, pages("index.md", "scenarios/a.md", "scenarios/b.md", "model.md"))
    assert found[1] == {"Scenarios": ["scenarios/index.md", "scenarios/b.md", "scenarios/a.md"]}
    assert found[0] == NAV[0]
    assert found[2] == "model.md"


def test_a_page_without_a_section_stays_out() -> None:
    assert completed(NAV, pages("notes.md", "other/a.md", "scenarios/deep/a.md")) == NAV


def test_a_section_inside_a_section_takes_its_own_pages() -> None:
    nav = [{"Work": ["work/index.md", {"Line": ["work/line/index.md"]}]}]
    found = completed(nav, pages("work/line/pick.md", "work/rules.md"))
    assert found == [
        {
            "Work": [
                "work/index.md",
                {"Line": ["work/line/index.md", "work/line/pick.md"]},
                "work/rules.md",
            ]
        }
    ]
