"""What is inside a model: its parameters, activations and attention, as tables and pictures. Imports torch, and
matplotlib when something is drawn; no Textual, rich or typer."""
