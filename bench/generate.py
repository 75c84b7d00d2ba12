"""A synthesis of any size in our tables, with faults and outcomes that are known beforehand.

    python -m bench.generate DIR --studies 2000 --seed 7 --faults 40

Rows are written one by one and never kept: memory does not grow with the number of studies. Beside
the tables lie ``planted-faults.csv`` (what `kg check` must report, and nothing else),
``planted-statuses.csv`` (what `kg carry --all` must say) and ``planted-robustness.csv`` (what must
change in `kg robustness`). The same arguments give the same bytes on every machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench.anchor import write_anchors
from bench.chance import Chance
from bench.corpus import Corpus
from bench.design import MINIMUM, build_plan
from bench.fault import Planter
from bench.frame import write_frame
from bench.outcome import find_changes, find_statuses
from bench.plan import Size
from bench.tables import Tables, write_list

__all__ = ["generate", "main"]

_FAULTS = ("table", "row", "column", "rule")


def generate(folder: Path, size: Size, seed: int) -> int:
    """Write a workspace into a new folder, and return how many rows its tables have.

    Args:
        folder: It must not exist, or be empty.
        size: How much is to be made.
        seed: What all of it is drawn from.

    Raises:
        ValueError: The size is too small to hold what is planted.
        FileExistsError: There is something in the folder.
    """
    for name, least in MINIMUM.items():
        if (number := getattr(size, name)) < least:
            raise ValueError(f"--{name} {number} is too few: at least {least}")
    chance = Chance(seed)
    plan = build_plan(size, chance)
    planted = size.faults + size.damaged
    free = size.studies - plan.anchors - planted  # a faulty study has a sound one beside it
    if free < 2 * planted + 1:
        least = plan.anchors + 3 * planted + 1
        raise ValueError(f"--studies {size.studies} is too few for all that: at least {least}")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty: name a new folder")
    tables = Tables(folder)
    write_frame(plan, folder, tables)
    write_anchors(plan, tables, chance)
    planter = Planter(plan, tables, folder)
    Corpus(plan, tables, chance).write(size.studies - plan.anchors - planter.count, planter)
    rows = tables.close()
    faults = sorted((t, int(r), c, rule) for t, r, c, rule in planter.planted)
    write_list(folder / "planted-faults.csv", _FAULTS, [(t, str(r), c, n) for t, r, c, n in faults])
    write_list(folder / "planted-statuses.csv", ("id", "status"), list(find_statuses(plan)))
    changes = ("removed", "id", "from", "to")
    write_list(folder / "planted-robustness.csv", changes, list(find_changes(plan)))
    return rows


def main(words: list[str] | None = None) -> int:
    """Run the command line, and say on stderr how fast it went."""
    parser = argparse.ArgumentParser(prog="bench.generate", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--studies", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    for name, default in (("faults", 0), ("concepts", 30), ("targets", 20), ("preconditions", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument(
        "--damaged", type=int, default=0,
        help="rows of which nobody can tell what they name: no status is certain then",
    )  # fmt: skip
    said = vars(parser.parse_args(words))
    folder, seed = said.pop("folder"), said.pop("seed")
    start = time.perf_counter()
    try:
        rows = generate(folder, Size(**said), seed)
    except (ValueError, FileExistsError) as error:
        print(error, file=sys.stderr)
        return 2
    seconds = time.perf_counter() - start
    print(
        f"{said['studies']} studies, {rows} rows in {seconds:.1f} s: "
        f"{said['studies'] / seconds:.0f} studies/s, {rows / seconds:.0f} rows/s",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
