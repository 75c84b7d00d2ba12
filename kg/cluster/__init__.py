"""The same work on Spark: a workspace in batches, judged, carried and counted on many machines.

Below workspace, above all that judges, carries and counts. Nothing of a rule is written here a
second time: a process opens a batch and calls what `kg check` and `kg carry` call. What looks at
all studies together is done once, at the end, on what the batches found.

    pack        a workspace becomes a dataset: Parquet, a file a batch
    dataset     what a dataset holds, and reading it
    reading     which lines the queries of the rule read
    judging     map: the local shapes; once: the others, faults, what stays out
    carrying    map: facts and near misses; once: statuses, claims, leave-one-out
    measuring   map: columns, statistics of networks; once: DuckDB
    spark       starting Spark, running functions on batches
"""

from kg.cluster.carrying import (
    Facts,
    Passing,
    carry_dataset,
    check_claims,
    find_claims,
    find_passing,
    leave_one_out,
)
from kg.cluster.dataset import Dataset, Shared, open_dataset
from kg.cluster.judging import Judgement, Runner, judge_dataset
from kg.cluster.measuring import find_personal, measure_columns
from kg.cluster.pack import SIZE, pack
from kg.cluster.spark import Spark

__all__ = [
    "SIZE",
    "Dataset",
    "Facts",
    "Judgement",
    "Passing",
    "Runner",
    "Shared",
    "Spark",
    "carry_dataset",
    "check_claims",
    "find_claims",
    "find_passing",
    "find_personal",
    "judge_dataset",
    "leave_one_out",
    "measure_columns",
    "open_dataset",
    "pack",
]
