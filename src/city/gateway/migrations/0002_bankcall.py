import django.db.models.functions.datetime
from django.db import migrations, models

import city.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("gateway", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="BankCall",
            fields=[
                (
                    "id",
                    models.UUIDField(default=city.kernel.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("day", models.DateField()),
                ("external_id", models.CharField(max_length=36)),
                (
                    "signature",
                    models.CharField(help_text="SHA-256 of what the bank signed with", max_length=64, unique=True),
                ),
                (
                    "service",
                    models.CharField(help_text="SNAP's service code: 52 QRIS, 25 virtual account", max_length=2),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="of our order; empty where it tells of no money", max_length=80
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("day", "external_id"), name="bankcall_once_a_day")],
            },
        ),
    ]
