"""The history networks, the autograd engine, the lessons. See each module."""
