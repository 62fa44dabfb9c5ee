"""The comparison of all parts: reads the records, measures them, keeps what the report shows."""

import os
from dataclasses import dataclass, field

from common import errors, records
from common.parts import PARTS, Part

from compare import measure, readme_2018


@dataclass
class Result:
    """The comparison of one part."""

    part: Part
    state: str  # "pass", "fail", "not compared", "missing" (no record) or "damaged" (record)
    summary: str  # one line that explains the state
    record: dict = field(default_factory=dict)  # empty where it cannot be read
    measurement: measure.Measurement = None  # in the states "pass" and "fail", and of a shortened run

    @property
    def limits(self):
        """The Metrics that decide whether the part passes."""
        return self.measurement.limits if self.state in ("pass", "fail") else []

    @property
    def picture(self):
        """File name of the picture, or None."""
        return "comparison_%s.png" % self.part.name if self.measurement and self.measurement.picture else None


def without_control_characters(text):
    """A text from a record, which anyone may have written; no escape sequence in it reaches a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def compare_part(part, directory):
    """The Result of comparing the record of a part in a directory with the original."""
    path = os.path.join(directory, part.record)
    if not os.path.exists(path):
        return Result(part, "missing", "there is no %s; run RNN/%s first" % (part.record, part.script))
    try:
        record = records.read(path)
        if record["script"] != part.script:
            raise errors.UsageError("%s: is the record of a different part, %s" % (path, record["script"]))
    except errors.UsageError as error:
        return Result(part, "damaged", without_control_characters(str(error).replace(os.path.join(directory, ""), "")))
    for key in ("changed", "printed"):
        record[key] = [without_control_characters(text) for text in record[key]]
    record["initial_weights"] = without_control_characters(str(record.get("initial_weights") or "none"))
    record["versions"] = {key: without_control_characters(text) for key, text in record["versions"].items()}
    try:
        found = getattr(measure, part.name)(record, readme_2018.of_script(part.script))
    except measure.NotComparable as reason:
        return Result(part, "not compared", str(reason), record)
    except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError) as error:
        summary = "%s is damaged, not the record of a run (%r)" % (part.record, error)
        return Result(part, "damaged", without_control_characters(summary), record)
    if found.shortened:
        return Result(part, "not compared", "shortened: " + found.shortened, record, found)
    state = "pass" if all(metric.passed for metric in found.limits) else "fail"
    summary = "; ".join("%s %s (tolerance %s)" % (m.name, m.value, m.tolerance) for m in found.limits)
    return Result(part, state, summary, record, found)


def compare_all(directory, without=()):
    """A list of Results, of the records in a directory; scripts in ``without`` were not run."""
    return [
        Result(part, "not compared", "not run; records of earlier runs are ignored")
        if part.script in without
        else compare_part(part, directory)
        for part in PARTS
    ]
