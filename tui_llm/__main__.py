"""`python -m tui_llm` is `tui-llm`. The one place outside `cli` that may import it."""

from tui_llm.cli.main import main

if __name__ == "__main__":
    main()
