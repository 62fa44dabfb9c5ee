"""Files are written atomically, also by writers that are killed: their locks end with them, however they end."""

import contextlib
import errno
import glob
import os
import re
import stat

try:
    import fcntl
except ImportError:  # Windows, where a file that is open can be neither removed nor renamed
    fcntl = None

_TEMPORARY = r"\..+\.[0-9a-f]{16}\.tmp"
# temporary files of TensorFlow in a directory of checkpoints
_OF_TENSORFLOW = r"(checkpoint|graph\.pbtxt|model\.ckpt-\d+\.\w+)\.tmp\w+|model\.ckpt-\S+\.tempstate\d+"


def lock(file):
    """Locks an open file until it is closed.

    Returns:
        Whether it is locked; None where files cannot be locked.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    except (AttributeError, OSError):
        return None


def write(contents):
    """Writes files, {path: bytes}, atomically: all under temporary names in the same directories, then renamed.

    A reader finds the old or the new file; if the disk is too full for one of the files, all old ones stay. Temporary
    files that killed writers have left in these directories are removed.

    Raises:
        OSError: a file cannot be written, its ``filename``; existing files are unchanged.
    """
    temporaries, path = {}, None
    try:
        for path, content in contents.items():
            target = os.path.realpath(path)  # a link stays a link
            if os.path.exists(target) and not os.path.isfile(target):
                raise OSError(errno.EEXIST, "it exists and is not a file")
            remove_leftovers(os.path.dirname(target))
            temporaries[target] = temporary, file = _temporary(target)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if fcntl is None:
                file.close()
        for target, (temporary, _) in temporaries.items():
            os.replace(temporary, target)
    except OSError as error:
        error.filename = path
        raise
    finally:
        for temporary, file in temporaries.values():
            with contextlib.suppress(OSError):
                file.close()
            with contextlib.suppress(OSError):
                os.remove(temporary)


def _temporary(target):
    """(the path of a new file next to the target, the open file, which is locked)."""
    while True:
        path = os.path.join(os.path.dirname(target), ".%s.%s.tmp" % (os.path.basename(target), os.urandom(8).hex()))
        file = open(path, "xb")
        if lock(file) is not False and os.path.exists(path):  # else another writer has just removed it as a leftover
            return path, file


def hold(path):
    """Locks a file that represents a resource of one process at a time, as long as the file is open.

    Returns:
        (the open file, None); or (None, the number of the process that holds it).
    """
    while True:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644), "r+")
        if lock(file) is False:
            with file:
                return None, file.read(20).strip() or "?"
        if os.path.exists(path):  # else the process that held it has just ended
            os.write(file.fileno(), b"%-20d" % os.getpid())  # no buffer is left to write again where the disk is full
            return file, None


def remove_leftovers(directory, pattern=_TEMPORARY):
    """Removes the files with names of that pattern that no process has locked."""
    for name in os.listdir(directory):
        path = os.path.join(directory, name)
        with contextlib.suppress(OSError):  # another process was faster
            if re.fullmatch(pattern, name) and stat.S_ISREG(os.lstat(path).st_mode):
                with open(path, "rb") as file:
                    is_left = lock(file) or fcntl is None
                if is_left:
                    os.remove(path)


def remove_leftovers_of_checkpoints(directory):
    """Removes the temporary files, ours and TensorFlow's, in a directory of checkpoints that no other process uses."""
    remove_leftovers(directory, "%s|%s" % (_TEMPORARY, _OF_TENSORFLOW))
    for scratch in glob.glob(os.path.join(glob.escape(directory), "model.ckpt-*_temp*")):
        remove_leftovers(scratch, r"part-\S+")
        with contextlib.suppress(OSError):  # not empty
            os.rmdir(scratch)
