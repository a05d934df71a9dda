"""The command-line face: a file for each command that parses, calls and prints. Nothing imports it but `__main__`."""
