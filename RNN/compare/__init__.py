"""The comparison of a run with the original README of 2018: python -m RNN.compare."""
