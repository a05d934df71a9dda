"""The run directory: the only thing that faces and workers share. Imports neither torch nor Textual, nor any layer
above it."""
