"""What the scripts share and none teaches. ``run.Run`` is their one door to it."""

from common import ctrl_c


def _start():
    """Prepares a program of this project for the slow imports that follow; other programs are left alone."""
    if ctrl_c.is_program():
        ctrl_c.listen()
        from common import errors

        errors.require_numpy()


_start()
