"""Benchmark S1 in another engine, on one thread: python peers.py ENGINE FOLDER

Prints one line: engine, version, milliseconds (the middle of seven after two to warm up), and the first
sixteen digits of the SHA-256 of the status bytes. Whoever has another hash has no number.
"""

import hashlib
import os
import statistics
import sys
import time
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"

AS_AT = "2026-01-15"
EPIDEMIC = ("2020-05-01", "2020-09-24")


def number(text):
    import numpy as np

    return int(np.datetime64(text, "D").astype(int))


def with_pandas(requests):
    import numpy as np
    import pandas as pd

    frame = pd.read_parquet(requests)
    for name in frame.columns.drop(["la", "covid"]):
        frame[name] = pd.to_datetime(frame[name], unit="D").astype("datetime64[s]")
    days = lambda count: pd.Timedelta(days=count)
    today = pd.Timestamp(AS_AT)
    begin, end = (pd.Timestamp(text) for text in EPIDEMIC)

    def answer():
        f = frame
        due = f.received + days(140)
        excused = (
            (f.advice_req >= f.clos_from - days(7))
            & (f.advice_req < f.clos_to - days(7))
            & (f.clos_to - f.clos_from >= days(28))
        )
        excused |= (f.circ_from <= due) & (f.circ_to >= f.received)
        from_then = f.abs_from.where(f.abs_from > f.received, f.received)
        until = f.abs_to.where(f.abs_to < due, due)
        excused |= f.abs_from.notna() & (until - from_then >= days(28))
        excused |= f.covid & (due >= begin) & (f.received <= end)
        void = (f.ended <= today) & (f.final.isna() | (f.ended < f.final))
        sent = f.final <= today
        return np.select(
            [void, sent & (f.final <= due), sent & excused, sent, today <= due, excused],
            [6, 1, 4, 2, 0, 5],
            3,
        ).astype(np.uint8)

    return pd.__version__, answer, lambda status: status


def with_duckdb(requests):
    import duckdb

    base = duckdb.connect()
    base.execute("set threads = 1")
    base.execute(
        "create table requests as select * from "
        f"read_parquet('{requests}', file_row_number = true) order by file_row_number"
    )
    today, begin, end = number(AS_AT), *(number(text) for text in EPIDEMIC)
    query = f"""
        with dated as (select *, received + 140 as due from requests),
        tested as (
            select *,
                coalesce(advice_req >= clos_from - 7 and advice_req < clos_to - 7
                    and clos_to - clos_from >= 28, false)
                or coalesce(circ_from <= due and circ_to >= received, false)
                or coalesce(abs_from is not null
                    and least(abs_to, due) - greatest(abs_from, received) >= 28, false)
                or (covid and due >= {begin} and received <= {end}) as excused
            from dated
        )
        select file_row_number as place, (case
            when ended <= {today} and (final is null or ended < final) then 6
            when final <= {today} and final <= due then 1
            when final <= {today} and excused then 4
            when final <= {today} then 2
            when {today} <= due then 0
            when excused then 5
            else 3 end)::utinyint as status
        from tested
    """

    def answer():
        base.execute(f"create or replace temp table answers as {query}")

    def status(_):
        return base.execute("select status from answers order by place").fetchnumpy()["status"]

    return duckdb.__version__, answer, status


def with_polars(requests):
    import polars as pl

    frame = pl.read_parquet(requests)
    c = pl.col
    today, begin, end = number(AS_AT), *(number(text) for text in EPIDEMIC)
    byte = lambda value: pl.lit(value, dtype=pl.UInt8)
    closed = (
        (c("advice_req") >= c("clos_from") - 7)
        & (c("advice_req") < c("clos_to") - 7)
        & (c("clos_to") - c("clos_from") >= 28)
    )
    circumstance = (c("circ_from") <= c("due")) & (c("circ_to") >= c("received"))
    inside = pl.min_horizontal("abs_to", "due") - pl.max_horizontal("abs_from", "received")
    away = (inside >= 28) & c("abs_from").is_not_null()
    epidemic = c("covid") & (c("due") >= begin) & (c("received") <= end)
    excused = closed.fill_null(False) | circumstance.fill_null(False) | away.fill_null(False) | epidemic
    sent = c("final") <= today
    status = (
        pl.when((c("ended") <= today) & (c("final").is_null() | (c("ended") < c("final"))))
        .then(byte(6))
        .when(sent & (c("final") <= c("due"))).then(byte(1))
        .when(sent & c("excused")).then(byte(4))
        .when(sent).then(byte(2))
        .when(today <= c("due")).then(byte(0))
        .when(c("excused")).then(byte(5))
        .otherwise(byte(3))
    )
    plan = (
        frame.lazy()
        .with_columns(due=c("received") + 140)
        .with_columns(excused=excused)
        .select(status=status)
    )
    return pl.__version__, plan.collect, lambda made: made["status"].to_numpy()


def main():
    engine, folder = sys.argv[1], Path(sys.argv[2])
    make = {"pandas": with_pandas, "duckdb": with_duckdb, "polars": with_polars}[engine]
    version, answer, status = make(folder / "requests.parquet")
    took = []
    for _ in range(9):
        begun = time.perf_counter()
        made = answer()
        took.append(time.perf_counter() - begun)
    found = hashlib.sha256(status(made).astype("uint8").tobytes()).hexdigest()[:16]
    print(engine, version, f"{statistics.median(took[2:]) * 1000:.2f}", found)


if __name__ == "__main__":
    main()
