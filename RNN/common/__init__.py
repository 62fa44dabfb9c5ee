"""What the parts share and none teaches: options, initial weights, checkpoints, records, figures, the sine data.

Nothing is imported here, so that the first part, which needs numpy alone, takes what it needs and no more.
"""
