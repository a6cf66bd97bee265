"""The rates and settings of tariffs.toml, each a dated row."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import migrations

FILE = Path(__file__).parent.parent / "tariffs.toml"


def load(apps: Any, schema_editor: Any) -> None:
    tariff = apps.get_model("billing", "Tariff")
    for block in tomllib.loads(FILE.read_text(encoding="utf-8"))["rates"]:
        for code, value in block["values"].items():
            tariff.objects.get_or_create(
                code=code,
                from_day=block["from"],
                defaults={
                    "value": value,
                    "unit": block.get("unit", ""),
                    "article": block["article"],
                    "source": block["source"],
                    "decreed": block.get("decreed", False),
                },
            )


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
