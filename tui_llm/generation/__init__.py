"""Text out of a trained model: sampling, the cache, the engine. Imports torch; no Textual, rich or typer."""
