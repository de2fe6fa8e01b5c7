"""An annual plan with everything that it refers to."""

from collections.abc import Mapping as Names
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from simulate.plan.models import AnnualPlan
from simulate.scenario.documents import Key, Mapping
from simulate.scenario.loading import Input, Loaded, inputs_of
from simulate.scenario.messages import place_at
from simulate.scenario.problems import Place
from simulate.scenario.scenario import Scenario


@dataclass(frozen=True)
class LoadedPlan:
    """An annual plan with all that it refers to.

    `shop` is the standing shop from the first to the last day of the plan, if the plan names one;
    `scenarios` holds the scenario of each campaign that has one, by the campaign's name. `files`
    are all files that were read, the plan's own first.
    """

    name: str
    plan: AnnualPlan
    tree: Mapping
    files: tuple[Path, ...]
    shop: Loaded | None
    scenarios: Names[str, Loaded]

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Every input of the plan in document order."""
        return inputs_of(self.tree)

    def place(self, path: tuple[Key, ...]) -> Place:
        """Return where the value at `path` is written, or what should hold it if it is not."""
        return place_at(self.tree, path)

    def scenario_of(self, campaign: str) -> Scenario | None:
        """Return what simulates a campaign: its own scenario, else the standing shop."""
        loaded = self.scenarios.get(campaign, self.shop)
        return loaded.scenario if loaded else None
