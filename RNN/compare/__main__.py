"""python -m RNN.compare; see compare/command_line.py."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # as for a script in RNN/

from common import errors  # noqa: E402
from compare import command_line  # noqa: E402

errors.run(command_line.main)
