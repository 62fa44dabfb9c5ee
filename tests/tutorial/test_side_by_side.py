"""The output of processes that run side by side, on one screen."""

import io
import os
import re
import sys

from common import side_by_side

from conftest import RNN, TUTORIAL_PROGRAMS


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_lines_of_a_job_are_not_mixed_with_others(capsys):
    screen = side_by_side.Screen(["a", "b", "c"])
    screen.write(1, "b1\n")
    screen.write(0, "a1\n")
    assert capsys.readouterr().out == "a1\n"  # at once; b waits for its turn
    screen.write(2, "c1\n", "stderr")
    screen.end(2)
    screen.write(0, "a2\n")
    screen.end(0)
    said = capsys.readouterr()
    assert said.out == "a2\nb1\n"
    assert said.err == ""
    screen.end(1)
    assert capsys.readouterr().err == "c1\n"


def test_progress_is_the_last_line_of_a_terminal(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", terminal)
    screen = side_by_side.Screen(["Part 1", "Part 2"])
    screen.progress(1, "step 7 of 9")
    screen.progress(0, "")
    screen.write(0, "a line\n")
    assert terminal.getvalue().endswith("\ra line\nPart 1 | Part 2 step 7 of 9")
    screen.end(0)
    screen.end(1)
    assert terminal.getvalue().endswith(" \r")


def test_closed_standard_output_is_noted(monkeypatch):
    def write(text):
        raise BrokenPipeError

    monkeypatch.setattr(sys.stdout, "write", write)
    screen = side_by_side.Screen(["a"])
    screen.write(0, "a line\n")
    screen.end(0)
    assert isinstance(screen.error, BrokenPipeError)


def test_progress_bars_of_processes_are_combined(monkeypatch, capsys):
    monkeypatch.setenv("PYTHONPATH", RNN)
    screen, seen = side_by_side.Screen(["a"]), set()
    monkeypatch.setattr(screen, "progress", lambda job, text: seen.add(text))
    command = [sys.executable, os.path.join(TUTORIAL_PROGRAMS, "progress_bar.py")]
    assert side_by_side.Processes().run(command, screen, 0) == 0
    said = capsys.readouterr()
    assert said.out == "line 0\nline 1\nline 2\n"
    assert said.err == "a remark\n" * 3
    assert "step 2 of 3" in seen
    assert all(re.match(r"(step \d of 3)?$", text) for text in seen)
