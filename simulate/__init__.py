"""Peakbook: can our fulfilment ship this promotion in time?"""

__version__ = "0.1.0"
