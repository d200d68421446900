"""Makes the million requests of benchmark S1: python generate.py FOLDER

The benchmark fixes the seed and the order of the draws, so whoever follows it has the same bytes. Days are
whole numbers from 1 January 1970; where there is no day stands the largest 32-bit number. Every column is
written raw and little-endian, and all of them once more as a Parquet file with proper nulls for the engines
that Sendero is compared with.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

ROWS = 1_000_000
SEED = 20140901
NO_DAY = np.int32(2**31 - 1)


def day(text):
    return int(np.datetime64(text, "D").astype(int))


def as_days(there, days):
    """Days where they are there."""
    return np.where(there, days, NO_DAY).astype(np.int32)


def draw():
    chance = np.random.default_rng(SEED)

    def whole(low, beyond, count=ROWS):
        return chance.integers(low, beyond, count)

    def one_in(share):
        return chance.random(ROWS) < share

    columns = {"la": whole(0, 153).astype(np.uint8)}

    # Requests grow in number over ten years.
    first, last = day("2016-01-01"), day("2026-01-10")
    received = (first + (last - first) * np.sqrt(chance.random(ROWS))).astype(np.int32)
    columns["received"] = received

    # Most end in a plan; some are refused or given up, and a few plans nobody recorded.
    takes = (60 + chance.gamma(6.0, 18.0, ROWS)).astype(np.int32)
    stops = one_in(0.22)
    ended = np.full(ROWS, NO_DAY, np.int32)
    ended[stops] = received[stops] + whole(5, 112, int(stops.sum()))
    no_plan = stops & one_in(0.97)
    no_plan |= one_in(0.02)
    columns["final"] = as_days(~no_plan, received + takes)
    columns["ended"] = ended

    asked = one_in(0.78)
    columns["advice_req"] = as_days(asked, received + whole(0, 60))

    # The school's summer holiday of the year of the request, some days more or less.
    years = received.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    summers = np.array([day(f"{year}-07-22") for year in range(2016, 2027)])
    closed = one_in(0.9)
    shut = summers[years - 2016] + whole(-4, 5)
    columns["clos_from"] = as_days(closed, shut)
    columns["clos_to"] = as_days(closed, shut + whole(24, 48))

    for name, share, beyond, shortest, longest in [
        ("circ", 0.04, 200, 1, 90),
        ("abs", 0.03, 180, 7, 70),
    ]:
        there = one_in(share)
        begins = received + whole(-30, beyond)
        columns[f"{name}_from"] = as_days(there, begins)
        columns[f"{name}_to"] = as_days(there, begins + whole(shortest, longest))

    columns["covid"] = one_in(0.3)
    return columns


def write(columns, folder):
    table = {}
    for name, values in columns.items():
        is_day = values.dtype == np.int32
        values.astype("<i4" if is_day else np.uint8).tofile(folder / f"{name}.bin")
        table[name] = pa.array(values, mask=(values == NO_DAY) if is_day else None)
    parquet.write_table(pa.table(table), folder / "requests.parquet")


if __name__ == "__main__":
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    write(draw(), into)
