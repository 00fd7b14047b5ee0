"""Rows of matrices for tests, made through the real actions."""

from appraisal.cascading import actions
from appraisal.cascading.grid import leader_columns
from appraisal.cascading.models import MatrixRow


def a_row(cast, plan, *statements, person="self", by="appraiser", column=0, **more):
    """The row of `person` with these roles in one column of the leader's matrix."""
    columns = leader_columns(plan.pk)
    found = MatrixRow.objects.filter(matrix__plan=plan, lead=None, employee=cast[person].employee).first()
    return actions.save_row(
        plan,
        cast[person].employee,
        by=cast[by],
        roles={columns[column].key: statements},
        version=found.version if found else 0,
        **more,
    )
