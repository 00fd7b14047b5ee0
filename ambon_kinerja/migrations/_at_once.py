"""Runs the operations of a migration with the models rendered once, instead of again for each operation.

Django renders a changed model together with all that are related to it, and here nearly all are: a third of a second
for each operation, almost two minutes for an empty database, in every first test run and every first start.
"""

from django.db import migrations
from pgtrigger.migrations import AddTrigger, RemoveTrigger

# Each of these reads of the models only what was there before all of them or is there after all of them.
TOGETHER = (
    migrations.CreateModel,
    migrations.AlterModelOptions,
    migrations.AddField,
    migrations.AlterField,
    migrations.AddIndex,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.RunSQL,
    AddTrigger,
    RemoveTrigger,
)


def at_once(operations):
    """The same operations in the same order, in as few groups as they allow: `operations = at_once([…])`."""
    groups = []
    for operation in operations:
        if type(operation) not in TOGETHER:
            groups.append(operation)
        elif groups and isinstance(groups[-1], AtOnce) and not groups[-1].has_made(operation):
            groups[-1] = AtOnce([*groups[-1].database_operations, operation])
        else:
            groups.append(AtOnce([operation]))
    return groups


class AtOnce(migrations.SeparateDatabaseAndState):
    """Operations that share the models before the first and after the last. Backwards they run one by one."""

    serialization_expand_args = ["operations"]

    def __init__(self, operations):
        super().__init__(database_operations=operations, state_operations=operations)

    @property
    def reversible(self):
        return all(operation.reversible for operation in self.database_operations)

    def deconstruct(self):
        return type(self).__qualname__, [], {"operations": self.database_operations}

    def has_made(self, operation):
        """Whether an operation changes again what was made here, which it must not find finished before its time."""
        model, name = _changed(operation)
        made = {_changed(earlier) for earlier in self.database_operations if not _removes(earlier)}
        # A trigger is a statement of its own: no part of what makes its table.
        return (model, name) in made or ((model, None) in made and not isinstance(operation, AddTrigger))

    def state_forwards(self, app_label, state):
        # A state without rendered models renders nothing; the first who asks for them renders each once.
        vars(state).pop("apps", None)
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.database_operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.database_operations)


def _changed(operation):
    """The model, and the name of its field, constraint, index or trigger; for SQL nothing that anything else has."""
    if isinstance(operation, migrations.RunSQL):
        return operation, None
    if isinstance(operation, (migrations.CreateModel, migrations.AlterModelOptions)):
        return operation.name_lower, None
    for part in ("constraint", "index", "trigger"):
        if hasattr(operation, part):
            return operation.model_name.lower(), getattr(operation, part).name
    return operation.model_name.lower(), operation.name


def _removes(operation):
    return isinstance(operation, (migrations.RemoveConstraint, RemoveTrigger, migrations.AlterModelOptions))
