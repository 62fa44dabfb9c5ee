"""A library that pip has installed, for today's numpy."""

from numpy import array, bool_, float
import numpy

bool = getattr(numpy, "bool", bool_)
