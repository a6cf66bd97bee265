"""The table of Django's database cache: small facts that all processes must share, such as codes that were used."""

from django.db import migrations

MAKE = """
CREATE TABLE kernel_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX kernel_cache_expires ON kernel_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE kernel_cache")]
