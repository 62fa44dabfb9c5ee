"""Processes that run side by side, with their output shown one after the other."""

import contextlib
import os
import subprocess
import sys
import threading

PROGRESS = "RNN_PROGRESS"  # environment variable of a process whose progress this module shows


def cores():
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Screen:
    """Standard output and standard error of several jobs, each job's lines together, in the jobs' order.

    The lines of the first job that has not ended appear as they come; those of later jobs wait for their turn. On a
    terminal a last line shows the progress of all jobs that run.

    Args:
        names: the names of the jobs; a job is then a number.

    Attributes:
        error: the OSError after which nothing more could be written; None as long as there was none.
    """

    def __init__(self, names):
        self.names, self.turn, self.error = names, 0, None
        self.held, self.ended, self.running = [[] for _ in names], set(), {}
        self.lock, self.status, self.shows = threading.RLock(), "", sys.stderr.isatty()

    def write(self, job, text, stream="stdout"):
        """Shows a line of a job when its turn has come."""
        with self.lock:
            self.held[job].append((stream, text))
            self._show()

    def progress(self, job, text):
        """Shows how far a job is."""
        with self.lock:
            self.running[job] = text
            self._draw()

    def end(self, job):
        """Marks a job as ended."""
        with self.lock:
            self.ended.add(job)
            self.running.pop(job, None)
            self._show()

    def _show(self):
        while self.turn < len(self.names):
            lines, self.held[self.turn] = self.held[self.turn], []
            if lines:
                self._erase()
            for stream, text in lines:
                self._write(getattr(sys, stream), text)
            if self.turn not in self.ended:
                break
            self.turn += 1
        self._draw()

    def _write(self, file, text):
        try:
            if self.error is None:
                file.write(text)
                file.flush()
        except OSError as error:
            self.error = error

    def _draw(self):
        if not self.shows:
            return
        text = " | ".join(("%s %s" % (self.names[job], self.running[job])).strip() for job in sorted(self.running))
        with contextlib.suppress(OSError):
            text = text[: (os.get_terminal_size(sys.stderr.fileno()).columns or 80) - 1]  # some terminals say 0
        if text != self.status:
            self._erase()
            self._write(sys.stderr, text)
            self.status = text

    def _erase(self):
        if self.status:
            self._write(sys.stderr, "\r%s\r" % (" " * len(self.status)))
            self.status = ""


class Processes:
    """Starts processes whose output goes to a Screen, and ends them."""

    def __init__(self):
        self.lock, self.alive, self.ending = threading.Lock(), [], False

    def run(self, command, screen, job):
        """Runs a process to its end; returns its status, or None after end."""
        with self.lock:
            if self.ending:
                return None
            environment = dict(os.environ, PYTHONIOENCODING="utf-8:backslashreplace", **{PROGRESS: "1"})
            process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.alive.append(process)
        screen.progress(job, "")
        errors = threading.Thread(target=_follow_errors, args=(process.stderr, screen, job))
        errors.start()
        with process.stdout:
            for line in process.stdout:
                screen.write(job, _text(line))
        errors.join()
        status = process.wait()
        with self.lock:
            self.alive.remove(process)
        return status

    def end(self, number=None):
        """Prevents further processes; sends a signal to the running ones."""
        with self.lock:
            self.ending = True
            for process in self.alive if number else ():
                process.send_signal(number)


def _follow_errors(pipe, screen, job):
    """Lines of standard error go to the screen; text between two carriage returns is a progress bar."""
    kept, block = b"", b" "
    while block:
        block = os.read(pipe.fileno(), 65536)
        *lines, kept = (kept + block).split(b"\n")
        for number, line in enumerate([*lines, kept], 1):
            *bars, text = line.split(b"\r")
            bars = [bar for bar in bars[1:] if bar.strip()]
            if bars:
                screen.progress(job, _text(bars[-1]).strip())
            if number > len(lines) and block:
                kept = b"\r" * (text != line) + text  # the line continues
            elif text.strip():
                screen.write(job, _text(text) + "\n", "stderr")
    pipe.close()


def _text(line):
    return line.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
