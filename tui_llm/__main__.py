"""`python -m tui_llm` is `tui-llm`."""

from tui_llm.cli.start import main

if __name__ == "__main__":
    main()
