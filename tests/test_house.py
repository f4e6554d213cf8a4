"""What the set-up promises: a lock that is whole, a start that reads on an old Python."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def _plain(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_everything_asked_for_is_locked() -> None:
    locked = {_plain(line) for line in LOCK.splitlines() if re.match(r"\w", line)}
    asked = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    asked += PROJECT["build-system"]["requires"]
    assert {_plain(requirement) for requirement in asked} <= locked


def test_every_locked_package_has_hashes_and_no_address() -> None:
    packages = re.split(r"\n(?=\w)", LOCK)[1:]
    assert packages
    assert not [package for package in packages if "--hash=sha256:" not in package]
    assert not re.search(r"://|--index|--find-links|@", re.sub(r"^#.*\n", "", LOCK, flags=re.M))


def test_an_old_python_can_read_the_start_and_is_refused_by_it() -> None:
    source = (ROOT / "installer" / "run.py").read_text()
    tree = ast.parse(source, feature_version=(3, 4))
    check = next(node for node in tree.body if isinstance(node, ast.If))
    assert "version_info < (3, 11)" in ast.unparse(check.test)
    assert tree.body.index(check) < next(
        place for place, node in enumerate(tree.body) if isinstance(node, ast.ImportFrom)
    )


def test_the_setup_needs_nothing_but_python() -> None:
    script = "import sys; sys.path.insert(0, 'installer'); import steps; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    own = {"steps", "words", "qt_libraries", "__main__"}
    tops = {name.partition(".")[0] for name in loaded} - own
    assert tops <= set(sys.stdlib_module_names)


def test_qt_stays_below_the_release_that_kills_python_3_11() -> None:
    locked = re.search(r"^pyside6-essentials==(\d+)\.(\d+)", LOCK, re.M)
    assert locked
    assert (int(locked[1]), int(locked[2])) < (6, 12)
