"""Text in, tokens out: reading, cleaning, splitting, tokenizers, the token store. Imports no torch, no Textual."""
