"""What `make fuseki` says: the shipped case pushed to Apache Jena Fuseki, and asked there.

Not one of the tests: the jar comes from Maven and needs Java. Ends with 1 at the first thing that
is not as it should be.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cli.run import ROOT, Run, kg
from tests.remote.servers import fuseki, proxy

CASE = ROOT / "data" / "collective-efficacy"


def expect(done: Run, words: str) -> str:
    """Return the last line of a command that has to end with 0 and say these words in it."""
    last = done.err.strip().splitlines()[-1].partition("/ds: ")[2]
    if done.code or words not in last:
        sys.exit(f"expected: {words}\nseen: {done.err}")
    return last


def main(jar: Path) -> None:
    """Try everything once, and print what came of it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        work = folder / "case"
        shutil.copytree(CASE, work, ignore=shutil.ignore_patterns(".kg"))
        (folder / "server").mkdir()
        with fuseki(jar, folder / "server") as store, proxy(store) as seen:
            push = ("-C", work, "push", *seen.place.args)
            print(f"{jar.stem}, TDB2")
            seen.most = 20
            stopped = kg(*push)
            if stopped.code != 3 or len(seen.graphs) != 20:
                sys.exit(f"expected: an error after 20 graphs\nseen: {stopped.err}")
            print("refused after 20 graphs: ends with 3")
            seen.most = 10_000
            print(f"the same again: {expect(kg(*push), '17 graphs sent, 20 there already')}")
            seen.changes.clear()
            print(f"again: {expect(kg(*push), '0 graphs sent, 37 there already, 0 removed')}")
            table = work / "tables" / "memos.csv"
            table.write_bytes(table.read_bytes().replace(b"screened", b"judged", 1))
            print(f"one row changed: {expect(kg(*push), '2 graphs sent, 35 there already')}")
            last = kg(*push, "--carried", "all")
            print(f"with carried claims: {expect(last, '4 graphs sent, 37 there already')}")
            names = [n for n in kg("query").out.splitlines() if not n.startswith(" ")]
            for question in names:
                words = ("query", question, "--format", "csv")
                here, there = kg("-C", work, *words), kg(*words, "--endpoint", store.endpoint)
                if here.out != there.out or there.code:
                    sys.exit(f"{question} has another answer there\n{there.err}")
            print(f"{len(names)} questions: the same answers there as here")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
