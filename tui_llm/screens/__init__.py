"""The screens of the app, a file each with its .tcss beside it. Never torch, nor anything that needs it."""
