"""One trainer for every model: loop, optimizers, schedule, budget, checkpoints, evaluation, devices. Imports torch;
no Textual, rich or typer."""
