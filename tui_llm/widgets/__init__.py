"""What two screens share. Imports Textual, `runs`, `text` and below; never torch or what needs it."""
