"""Random numbers: one generator for each purpose of each replication."""

import hashlib

import numpy as np

VERSION = 1
"""Part of every stream's name; a new number gives every stream new draws."""


def stream(seed: int, replication: int, purpose: str) -> np.random.Generator:
    """Return the generator for `purpose`, such as ``payment/delay/search-ads``.

    Its seed is the SHA-256 of a name that reads ``peakbook/1/seed 7/replication 3/<purpose>``,
    so a purpose draws the same numbers whatever else is drawn, or is not.
    """
    name = f"peakbook/{VERSION}/seed {seed}/replication {replication}/{purpose}"
    digest = hashlib.sha256(name.encode()).digest()
    return np.random.Generator(np.random.PCG64DXSM(int.from_bytes(digest, "big")))
