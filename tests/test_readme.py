"""What the README tells one to type works, in order, and what it links to is there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_lines_of_use_work(tmp_path):
    block = README.split("## Ten lines of use")[1].split("```sh\n")[1].split("```")[0]
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("out", ".vivavoce"))
    script = "set -e\nvivavoce() { '" + sys.executable + '\' -m vivavoce "$@"; }\n' + block
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "my-history/out/site/index.html").exists()


def test_every_link_leads_somewhere():
    for page in [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *(ROOT / "docs").rglob("*.md")]:
        shown = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", shown):
            if not target.startswith(("http:", "https:", "mailto:")):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_is_documented():
    named = {p.stem for p in (ROOT / "docs" / "commands").glob("*.md")}
    told = set(re.findall(r"^vivavoce (\w+)", README, re.M))
    assert told <= named
