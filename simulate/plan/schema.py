"""The JSON Schema of an annual plan's file, for editors."""

from simulate.plan.models import AnnualPlan
from simulate.scenario.schema import Schema, schema_of


def plan_schema() -> Schema:
    """Return the schema of an annual plan as it is written."""
    return schema_of(AnnualPlan, "Peakbook annual plan")
