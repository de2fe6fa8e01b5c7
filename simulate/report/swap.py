"""A folder put in the place of another in one step."""

import ctypes
import errno
import os
import shutil
import sys
import time
import uuid
from pathlib import Path

_AT_FDCWD = -100  # linux/fcntl.h: paths are taken as the process sees them
_RENAME_EXCHANGE = 2  # linux/fs.h: swap two existing paths atomically
_LEFT_OVER_AFTER = 3600.0  # seconds: no build takes an hour


def swap_into_place(new: Path, place: Path) -> None:
    """Put the folder `new` at `place` and delete what was there.

    On Linux the two change places in one system call, so that `place` is whole at every instant.
    Elsewhere the old folder is renamed away first; if the second rename fails it is put back.
    """
    while True:
        if not place.exists():
            try:
                new.rename(place)
            except OSError as error:
                if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                    continue  # another build came first: take its place
                raise
            return
        if _exchange(new, place):
            shutil.rmtree(new, ignore_errors=True)
            return
        if _rename_over(new, place):
            return


def remove_left_over(place: Path) -> None:
    """Delete folders beside `place` that a killed build left more than an hour ago."""
    for folder in place.parent.glob(f"{place.name}.*"):
        is_ours = len(folder.suffix) == 13 and folder.is_dir()
        if is_ours and time.time() - folder.stat().st_mtime > _LEFT_OVER_AFTER:
            shutil.rmtree(folder, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two paths atomically; return whether this system can."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    status = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(status == 0)


def _rename_over(new: Path, place: Path) -> bool:
    """Replace `place` by `new` in two renames; return False if another build interfered."""
    old = place.with_name(f"{place.name}.{uuid.uuid4().hex[:12]}")
    try:
        place.rename(old)
    except FileNotFoundError:
        return False
    try:
        new.rename(place)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            old.rename(place)
            raise
        shutil.rmtree(old, ignore_errors=True)
        return False
    shutil.rmtree(old, ignore_errors=True)
    return True
