"""Answers as objects: they print as in the terminal, and have pandas tables and Altair charts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulate.library.frames import estimates_table, flat, table_of, tables_of
from simulate.report.words import load_words
from simulate.results.outcome import Outcome
from simulate.scenario.loading import Loaded
from simulate.scenario.problems import refusal

if TYPE_CHECKING:
    import pandas as pd

    from simulate.report.subject import Subject


@dataclass(frozen=True)
class Run:
    """A scenario and its outcome. Printed, it reads as in the terminal."""

    loaded: Loaded
    outcome: Outcome

    @property
    def verdict(self) -> str:
        """``pass``, ``fail``, ``inconclusive``, or ``none`` without targets."""
        return self.outcome.verdict.word

    @property
    def holds(self) -> bool:
        """Whether every target is surely held."""
        return self.verdict == "pass"

    @cached_property
    def targets(self) -> "pd.DataFrame":
        """One row a target: what is asked, what comes out, the judgement."""
        return table_of(self.outcome.verdict.judgements)

    @cached_property
    def measures(self) -> "pd.DataFrame":
        """One row a measure: mean, 95 % interval, unit. Shares are 0 to 1."""
        return estimates_table(self.outcome.measures)

    @cached_property
    def by_hour(self) -> "pd.DataFrame":
        """One row an hour of the shop's time, a column a series: means over the campaigns."""
        return self._bands("mean")

    @cached_property
    def by_hour_low(self) -> "pd.DataFrame":
        """The 5th percentile over the campaigns, as `by_hour`."""
        return self._bands("low")

    @cached_property
    def by_hour_high(self) -> "pd.DataFrame":
        """The 95th percentile over the campaigns, as `by_hour`."""
        return self._bands("high")

    def _bands(self, which: str) -> "pd.DataFrame":
        import pandas as pd

        subject = self.subject("en")
        hours = [subject.local(start) for start in self.outcome.hour_starts]
        values = {name: getattr(band, which) for name, band in self.outcome.series.items()}
        return pd.DataFrame(values, index=pd.DatetimeIndex(hours, name="hour"))

    @cached_property
    def tables(self) -> dict[str, "pd.DataFrame"]:
        """Everything else, by name: ``people``, ``collections``, ``costs``, ``channels`` ..."""
        return tables_of(self.outcome)

    @cached_property
    def inputs(self) -> "pd.DataFrame":
        """One row an input: its path, value, confidence, source, and where it is written."""
        import pandas as pd

        rows = [
            {
                "input": ".".join(map(str, each.path)),
                "value": each.text,
                "confidence": each.confidence,
                "source": each.source.en if each.source else None,
                "place": str(each.place),
            }
            for each in self.loaded.inputs
        ]
        return pd.DataFrame(rows).set_index("input")

    def chart(self, name: str = "backlog", language: str = "en") -> Any:
        """Return a chart of the scenario's page, as an Altair chart.

        Raises InputError for a name that no chart has.
        """
        from simulate.report.registry import CHARTS

        if name not in CHARTS:
            raise refusal(f"there is no chart `{name}`: there are {', '.join(CHARTS)}")
        return chart_of(chart_module(name).draw(self.subject(language)))

    def to_excel(self, file: str | Path, language: str = "en") -> None:
        """Write answer, measures, hours, roster and inputs into an .xlsx workbook."""
        from simulate.report.workbook import check_workbook, write_workbook

        check_workbook(Path(file))
        write_workbook(Path(file), self.loaded, self.outcome, language)

    def subject(self, language: str = "en") -> "Subject":
        """Return scenario and outcome in a language, as charts and tables are made from them."""
        from simulate.report.subject import Subject

        return Subject(loaded=self.loaded, outcome=self.outcome, words=load_words(language))

    def __str__(self) -> str:
        from simulate.report.terminal import tell

        return tell(self.loaded, self.outcome)

    def __repr__(self) -> str:
        made = f"{self.outcome.replications} replications, seed {self.outcome.seed}"
        return f"<Run of {self.loaded.name}: {self.verdict}, {made}>"


@dataclass(frozen=True)
class Answer:
    """What was found, `found`, to a question. Printed, it reads as in the terminal.

    `found` is the frozen dataclass in which its room describes every field.
    """

    question: str
    found: Any
    main: str
    tell: Callable[[], str]
    draw: Callable[[str], Any]

    @property
    def table(self) -> "pd.DataFrame":
        """The table of the answer."""
        import pandas as pd

        return self.tables.get(self.main, pd.DataFrame())

    @cached_property
    def tables(self) -> dict[str, "pd.DataFrame"]:
        """All tables of the answer by name, that of `table` among them."""
        return tables_of(self.found)

    def chart(self, language: str = "en") -> Any:
        """Return the answer's chart as an Altair chart."""
        return chart_of(self.draw(language))

    def __str__(self) -> str:
        return self.tell()

    def __repr__(self) -> str:
        return f"<Answer to {self.question}: {self.main}, {len(self.table)} rows>"


class Comparison(Answer):
    """Plans side by side."""

    @property
    def table(self) -> "pd.DataFrame":
        """A row a plan and measure: its mean and interval, and the difference from the first."""
        import pandas as pd

        rows = []
        for side in self.found.sides:
            for name, estimate in side.outcome.measures.items():
                row = {"measure": name, "plan": side.name} | flat({"mean": estimate})
                row |= {"unit": estimate.unit}
                if name in side.differences:
                    each = side.differences[name]
                    row |= flat({"difference": each.estimate}) | {"word": each.word}
                rows.append(row)
        return pd.DataFrame(rows).set_index(["measure", "plan"])


class Grid(Answer):
    """Combinations of inputs."""

    @property
    def table(self) -> "pd.DataFrame":
        """A row a combination: its inputs, the verdict, and the measures with their intervals."""
        import pandas as pd

        axes = self.found.axes
        rows = [
            {axis.path: axis.values[at] for axis, at in zip(axes, point.at, strict=True)}
            | {"verdict": point.word}
            | flat(point.estimates)
            for point in self.found.points
        ]
        return pd.DataFrame(rows).set_index([axis.path for axis in axes])


class Rosters(Answer):
    """Rosters that a search found."""

    @property
    def table(self) -> "pd.DataFrame":
        """A row a roster: people by shift, what they cost, the verdict, measures with intervals.

        Rows are ``today``, ``answer`` (none if no roster holds), ``best`` and the alternatives.
        """
        import pandas as pd

        found = self.found
        named = {"today": found.today, "answer": found.answer, "best": found.best}
        named |= {f"alternative {n}": each for n, each in enumerate(found.alternatives, 1)}
        rows = {}
        for name, each in named.items():
            if each is not None:
                people = zip(found.knobs, each.people, strict=True)
                row = {f"{knob.pool}.{knob.shift}": count for knob, count in people}
                rows[name] = row | {"price": each.price, "verdict": each.word} | flat(each.measures)
        return pd.DataFrame.from_dict(rows, orient="index")


def chart_of(figure: Any) -> Any:
    """Return a figure of a page as an Altair chart, in the light palette and of fixed width."""
    import altair as alt

    from simulate.report.charts.figure import WIDTH
    from simulate.report.palette import LIGHT, config

    specification = {**figure.live, "width": WIDTH, "config": config(LIGHT, figure.colours)}
    return alt.Chart.from_dict(specification)


def chart_module(chart: str) -> Any:
    """Return the module that draws a chart, by the chart's name."""
    return import_module(f"simulate.report.charts.{chart.replace('-', '_')}")
