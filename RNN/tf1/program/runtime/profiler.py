"""The profiler of eager execution, and the statistics of steps."""

from tf1.program.runtime import extensions, graphs

_profiler = extensions.module("profiler.internal._pywrap_profiler")
_statistics = extensions.module("util._pywrap_stat_summarizer")


def TFE_NewProfiler():
    """A session of the profiler; None if another one is running."""
    session = _profiler.ProfilerSession()
    try:
        session.start("", {})
    except Exception:
        return None
    return session


def TFE_ProfilerIsOk(session):
    return session is not None


def TFE_ProfilerSerializeToString(session, buffer):
    graphs.write(buffer, session.stop())


def TFE_DeleteProfiler(session):
    """Nothing: its session is over."""


NewStatSummarizer = _statistics.StatSummarizer


def DeleteStatSummarizer(summarizer):
    """Nothing: the extension module deletes it."""
