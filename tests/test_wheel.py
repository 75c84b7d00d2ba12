"""The wheel alone is enough: it does the main job in an empty folder, without the checkout.

The wheel goes into an empty environment, beside the packages it requires and no others, so that a
requirement nobody declared is found too. Every Python process there carries a guard that ends it
when it opens anything in the checkout. What native code opens by itself the guard can't see; for
that no file of the wheel may name the checkout, and neither the working folder nor the environment
variables lead to it.
"""

import os
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = Path(sysconfig.get_path("purelib")).resolve()
SHIPPED = ("ontology", "queries", "data")
NAME = "collective-efficacy-kg"

GUARD_STATUS = 97
GUARD = f"""
import os, sys

CHECKOUT, PACKAGES = {str(ROOT) + os.sep!r}, {str(PACKAGES) + os.sep!r}

def guard(event, args):
    if event in ("open", "os.listdir", "os.scandir", "os.chdir") and args:
        if isinstance(args[0], (str, bytes, os.PathLike)):
            path = os.path.join(os.path.realpath(os.fsdecode(args[0])), "")
            if path.startswith(CHECKOUT) and not path.startswith(PACKAGES):
                os.write(2, f"opened in the checkout: {{path}}\\n".encode())
                os._exit({GUARD_STATUS})

sys.addaudithook(guard)
"""


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing of the caller's environment but the locale."""
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"},
        check=False,
        capture_output=True,
        text=True,
    )


def list_requirements(name: str) -> set[str]:
    """The distributions that a distribution needs to run, with what these need, itself included."""
    found: set[str] = set()
    waiting = [Requirement(name)]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = requirement.extras or {""}
        if name in found and not requirement.extras:
            continue
        found.add(name)
        for line in distribution(name).requires or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(needed)
    return found


def list_top_entries(name: str) -> set[str]:
    """What a distribution has put directly into the folder of packages."""
    tops = {file.parts[0] for file in distribution(name).files or []}
    return {top for top in tops if top not in ("..", "__pycache__")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=False,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment with the wheel and what it requires, guarded."""
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    paths = sysconfig.get_paths("venv", {"base": str(home), "platbase": str(home)})
    packages = Path(paths["purelib"])
    for name in list_requirements(NAME) - {NAME}:
        for top in list_top_entries(name):
            if not (link := packages / top).exists():
                link.symlink_to(PACKAGES / top)
    python = Path(paths["scripts"], "python")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", wheel], check=True)
    subprocess.run([*pip, "check"], check=True)
    (packages / "checkout_guard.py").write_text(GUARD, encoding="utf-8")
    (packages / "checkout_guard.pth").write_text("import checkout_guard\n", encoding="utf-8")
    return python.parent


def test_wheel_holds_ontology_queries_and_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in SHIPPED:
        wanted = {
            f"kg/_shipped/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and not {".kg", "__pycache__"} & set(path.parts)
        }
        assert wanted, folder
        assert {name for name in names if name.startswith(f"kg/_shipped/{folder}/")} == wanted


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    info = f"{NAME.replace('-', '_')}-"
    assert [name for name in names if not name.startswith(("kg/", info))] == []
    assert [name for name in names if "/.kg/" in name or "__pycache__" in name] == []


def test_wheel_carries_both_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for licence in ("LICENSE", "LICENSES/CC-BY-4.0.txt"):
        assert [name for name in names if name.endswith(f".dist-info/licenses/{licence}")]


def test_wheel_does_not_name_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        naming = [name for name in archive.namelist() if str(ROOT).encode() in archive.read(name)]
    assert naming == []


def test_guard_ends_a_process_that_reads_the_checkout(commands: Path, tmp_path: Path) -> None:
    code = f"open({str(ROOT / 'pyproject.toml')!r})"
    done = run(commands / "python", "-c", code, folder=tmp_path)
    assert done.returncode == GUARD_STATUS, done.stderr


def test_package_comes_from_the_wheel(commands: Path, tmp_path: Path) -> None:
    done = run(commands / "python", "-c", "import kg; print(kg.__file__)", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(commands.parent)


def test_main_job_runs_in_an_empty_folder(commands: Path, tmp_path: Path) -> None:
    for arguments in (
        ("init", "first", "--case", "collective-efficacy"),
        ("-C", "first", "check"),
        ("-C", "first", "carry"),
    ):
        done = run(commands / "kg", *arguments, folder=tmp_path)
        assert done.returncode == 0, f"kg {' '.join(arguments)}\n{done.stdout}{done.stderr}"
    assert done.stdout.strip()  # the last one, carry, has something to say
    assert (tmp_path / "first" / "review.yaml").is_file()
