"""The README cannot lag: the commands that it shows exist and do what they say."""

import re
import shlex
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hydra import compose, initialize_config_dir

from fenmen.cli import COMMANDS, main
from src.stage import CONF

READMES = ("README.md", "README.zh-CN.md")


def shown(root, name):
    """The commands of the console blocks, without their comments."""
    text = (root / name).read_text("utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL)
    lines = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    return [shlex.split(line, comments=True) for line in lines]


def test_both_languages_show_the_same_commands(root):
    assert shown(root, READMES[0]) == shown(root, READMES[1])


@pytest.mark.parametrize("name", READMES)
def test_every_command_of_the_program_is_explained(root, name):
    text = (root / name).read_text("utf-8")
    assert all(f"fenmen {command}" in text for command in COMMANDS)


@pytest.mark.parametrize("name", READMES)
def test_every_option_shown_exists(root, name):
    for words in shown(root, name):
        if words[0] == "fenmen":
            known = CliRunner().invoke(main, [words[1], "--help"])
            assert known.exit_code == 0
            for option in (word for word in words if word.startswith("--")):
                assert option in known.output, option


@pytest.mark.parametrize("name", READMES)
def test_every_target_shown_stands_in_the_makefile(root, name):
    makefile = (root / "Makefile").read_text("utf-8")
    for words in shown(root, name):
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", makefile, flags=re.MULTILINE), words


@pytest.mark.parametrize("name", READMES)
def test_every_override_shown_composes(root, name):
    for words in shown(root, name):
        if words[:2] == ["python", "-m"] and words[2].startswith("src."):
            overrides = [word for word in words[3:] if not word.startswith("--")]
            single = [word for word in overrides if not re.search(r"=[^\[]*,", word)]
            with initialize_config_dir(str(CONF), version_base="1.3"):
                assert compose("config", single)


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_runs_as_printed(root, name, bundle_folder, monkeypatch):
    code = re.search(r"```python\n(.*?)```", (root / name).read_text("utf-8"), re.DOTALL)[1]
    code = code.replace("models/default", str(bundle_folder))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) == 4


def printed(root, name):
    """The commands of the console blocks with the lines that they print."""
    text = (root / name).read_text("utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
        for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *output = command.splitlines()
            yield shlex.split(line, comments=True), told(output)


def told(lines):
    return [line.rstrip() for line in lines if line.strip()]


@pytest.mark.parametrize("name", READMES)
def test_splitting_prints_what_is_shown(root, name, monkeypatch):
    monkeypatch.chdir(root)
    for words, output in printed(root, name):
        if words[:2] == ["fenmen", "split"] and output:
            assert told(CliRunner().invoke(main, words[1:]).output.splitlines()) == output


def test_the_walk_through_of_formats_runs(root, bundle_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").symlink_to(root / "data")
    for words, _ in printed(root, READMES[0]):
        if words[:2] == ["fenmen", "tag"] and any(word.startswith("data/") for word in words):
            done = CliRunner().invoke(main, [*words[1:], "--model", str(bundle_folder)])
            assert done.exit_code in (0, 2), done.output
            assert done.output or "--quiet" in words
