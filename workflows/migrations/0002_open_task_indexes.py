"""Partial indexes on the engine's tasks: an empty inbox took 1.3 s at 3.8 million rows without."""

from django.db import migrations

INDEXES = {
    "vx_task_open_perm": "viewflow_task(owner_permission) WHERE status = 'NEW'",
    "vx_task_open": "viewflow_task(created DESC) WHERE status = 'NEW'",
    "vx_task_open_flow": "viewflow_task(flow_task, created DESC) WHERE finished IS NULL",
}


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial"), ("viewflow", "0015_task_scheduled")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON {target}", f"DROP INDEX {name}")
        for name, target in INDEXES.items()
    ]
