"""The comparison of all parts: reads the records, measures them, keeps what the report shows."""

import os
from dataclasses import dataclass, field

from common import errors, records
from common.parts import PARTS, Part
from compare import measure, original


@dataclass
class Result:
    """The comparison of one part.

    Attributes:
        part: which.
        state: "pass", "fail", "not compared", "missing" (no record) or "damaged" (record).
        summary: one line that explains the state.
        record: the record where it can be read, else an empty dict.
        measurement: a measure.Measurement in the states "pass" and "fail", else None.
        notes: remarks about the record.
    """

    part: Part
    state: str
    summary: str
    record: dict = field(default_factory=dict)
    measurement: measure.Measurement = None
    notes: list = field(default_factory=list)

    @property
    def picture(self):
        """File name of the picture, or None."""
        return "comparison_%s.png" % self.part.name if self.measurement and self.measurement.picture else None


def printable(text):
    """A text from a record, which anyone may have written, without control characters; escape sequences included."""
    return "".join(character if character.isprintable() else " " for character in text)


def compare_part(part, directory):
    """Compares the record of a part in a directory with the original.

    Returns:
        A Result.
    """
    path = os.path.join(directory, part.record)
    if not os.path.exists(path):
        return Result(part, "missing", "there is no %s; run RNN/%s first" % (part.record, part.script))
    try:
        record = records.read(path)
        if record["script"] != part.script:
            raise errors.UsageError("%s: is the record of a different part, %s" % (path, record["script"]))
        for key in ("changed", "printed"):
            record[key] = [printable(text) for text in record[key]]
        record["versions"] = {key: printable(text) for key, text in record["versions"].items()}
    except errors.UsageError as error:
        return Result(part, "damaged", printable(str(error).replace(os.path.join(directory, ""), "")))
    try:
        found = getattr(measure, part.name)(record, original.load("original").get(part.script))
    except measure.NotComparable as reason:
        return Result(part, "not compared", str(reason), record)
    except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError) as error:
        summary = "%s is damaged, not the record of a run (%r)" % (part.record, error)
        return Result(part, "damaged", printable(summary), record)
    return Result(part, "pass" if found.passed else "fail", found.summary, record, found)


def compare_all(directory, without=()):
    """Compares all parts.

    Args:
        directory: of the records.
        without: the scripts to leave out.

    Returns:
        A list of Results.
    """
    results = [
        Result(part, "not compared", "not run; records of earlier runs are ignored")
        if part.script in without
        else compare_part(part, directory)
        for part in PARTS
    ]
    with_tensorflow = [result for result in results if "tensorflow" in result.record.get("versions", ())]
    used = {result.record["versions"]["tensorflow"] for result in with_tensorflow}
    for result in with_tensorflow if len(used) > 1 else ():
        version = result.record["versions"]["tensorflow"]
        others = ", ".join(sorted(used - {version}))
        result.notes.append("Run with TensorFlow %s, other records here with %s." % (version, others))
    return results
