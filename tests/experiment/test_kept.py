from dataclasses import dataclass

from simulate.experiment.kept import file_of, kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    of: tuple[float, ...]
    total: float


def ask(folder, published, asked, key=None, **options):
    def make():
        asked.append(1)
        return Sum(of=(1.0, float("inf")), total=2.0)

    return kept(folder, "sum", key or {"seed": 1}, make, Sum, published=published, **options)


def test_an_answer_is_made_once(tmp_path):
    asked = []
    first = ask(tmp_path / "runs", tmp_path / "answers", asked)
    again = ask(tmp_path / "runs", tmp_path / "answers", asked)
    assert first == again == Sum(of=(1.0, float("inf")), total=2.0)
    assert asked == [1]
    assert not (tmp_path / "answers").exists()


def test_another_question_is_another_answer(tmp_path):
    asked = []
    ask(tmp_path, tmp_path / "answers", asked)
    ask(tmp_path, tmp_path / "answers", asked, key={"seed": 2})
    assert asked == [1, 1]


def test_a_published_answer_needs_no_run_store(tmp_path):
    asked = []
    answers = tmp_path / "answers"
    ask(tmp_path / "runs", answers, asked, publish=set())
    ask(tmp_path / "elsewhere", answers, asked)
    ask(None, answers, asked)
    assert asked == [1]
    assert [file.name for file in answers.iterdir()] == [file_of("sum", {"seed": 1})]


def test_what_was_found_in_the_run_store_is_published_too(tmp_path):
    asked = []
    ask(tmp_path / "runs", tmp_path / "answers", asked)
    ask(tmp_path / "runs", tmp_path / "answers", asked, publish=set())
    assert asked == [1]
    assert (tmp_path / "answers" / file_of("sum", {"seed": 1})).is_file()


def test_a_broken_file_is_no_answer(tmp_path):
    asked = []
    (tmp_path / file_of("sum", {"seed": 1})).write_text("{")
    assert ask(tmp_path, tmp_path / "answers", asked).total == 2.0
    assert asked == [1]


def test_without_a_folder_nothing_is_kept(tmp_path):
    asked = []
    ask(None, tmp_path / "answers", asked)
    ask(None, tmp_path / "answers", asked)
    assert asked == [1, 1]
    assert not list(tmp_path.iterdir())
