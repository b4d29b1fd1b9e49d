"""``manage.py figures FILE.parquet``: the page's four numbers from an exported file."""

import argparse
from pathlib import Path
from typing import Any

import duckdb
from django.core.management.base import BaseCommand

from yunke.insight.screen.rules.queries import FILE, QUERIES


class Command(BaseCommand):
    help = "The page's numbers again, from the Parquet file of figures that the page exports."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path = str(options["file"]).replace("'", "''")
        with duckdb.connect() as file:
            for name, query in QUERIES.items():
                found = file.execute(query.replace(FILE, path)).fetchall()[0]
                told = ["-" if value is None else f"{value:.2f}" for value in found]
                self.stdout.write(f"{name}: {' '.join(told)}")
