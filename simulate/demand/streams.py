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
    # The digest as one large number, in words, the lowest first: numpy takes these a third faster.
    words = np.frombuffer(digest, dtype=">u4")[::-1].astype(np.uint32)
    words = words if words[-1] else np.trim_zeros(words, "b")
    return np.random.Generator(np.random.PCG64DXSM(words))
