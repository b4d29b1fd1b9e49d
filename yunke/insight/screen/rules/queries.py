"""Each measure as a query that anybody can run again on the exported Parquet file.

``figures.parquet`` is what the page's export gives: one row per unit and day, with its bands. The
same texts stand on the page; a test runs them and holds the page to them.
"""

FILE = "figures.parquet"
_OF = "FROM '{file}' WHERE own AND at_school AND took_low IS NOT NULL"
_RATE = """SELECT 100.0 * sum(took_low)  / sum(enrolled) AS lowest,
       100.0 * sum(took_high) / sum(enrolled) AS highest
"""
_PLATFORM = """SELECT 100.0 * sum(city_low)  / sum(took_high) AS lowest,
       least(100, 100.0 * sum(city_high) / greatest(sum(took_low), sum(city_high))) AS highest
"""
QUERIES = {
    "rate": (_RATE + _OF).format(file=FILE),
    "platform": (_PLATFORM + _OF).format(file=FILE),
    "visits": ("SELECT sum(visits) AS visits\n" + _OF).format(file=FILE),
    "hours": ("SELECT sum(minutes) / 60 AS hours\n" + _OF).format(file=FILE),
}
