"""A script with a constant of every kind."""

X = [1.0, 2.0]  # any numbers
PAIR = (1.0, 2.0)  # two numbers
EPOCH = 5  # passes; 100 % of the data
LR = 0.5  # learning rate
KIND = "one"  # one of two
SEED = None  # random seed


def train():
    NOT_A_CONSTANT = 3  # in a function
    return NOT_A_CONSTANT
