"""Turn your own text into your own language model. Imports nothing, so that every start is quick."""

__version__ = "0.1.0"
