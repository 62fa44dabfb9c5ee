"""What the scripts share and none teaches. ``run.Run`` is their one door to it."""
