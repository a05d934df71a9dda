"""HTML to the text that a reader of the page sees. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

#: Elements that begin and end a paragraph (an empty line between two).
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "hr"}
#: Elements that begin and end a line.
_LINES = {
    *("address", "article", "aside", "body", "caption", "dd", "details", "dialog", "div", "dt", "fieldset"),
    *("figcaption", "footer", "form", "header", "legend", "li", "main", "nav", "option", "section", "summary"),
    *("tbody", "tfoot", "thead", "tr"),
}
_CELLS = {"td", "th"}
#: What these hold is not shown as text.
_HIDDEN = {"script", "style", "template", "title"}
#: Only these stand in a head; any other element ends it, also where its end is not marked.
_IN_HEAD = {*_HIDDEN, "head", "base", "link", "meta", "noscript"}

_WHITESPACE = re.compile("[ \t\n\r\f]+")
#: Of markup that does not end after so many characters (a picture inside, a script, a comment left open) only the first
#: and last few are kept.
_LONGEST_MARKUP = 1 << 20
_KEPT = 64
#: Markup that the page's end leaves open is text, as a browser shows it. So much of it is looked at for tags once more:
#: the parser's time for that grows with the square of the length.
_LONGEST_REST = 1 << 14


def html_text(chunks: Iterable[str]) -> Iterator[str]:
    """The visible text of an HTML document that comes in pieces: tags dropped, entities decoded, whitespace folded.

    Block elements end the line; an empty line parts paragraphs, a tab table cells. `<pre>` keeps its spaces.
    """
    parser = _Parser()
    for chunk in chunks:
        parser.feed(chunk)
        parser.shorten()
        yield parser.take()
    parser.finish()
    yield parser.take()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._in_head = False
        self._hidden: str | None = None
        self._pre = 0
        self._breaks = 0
        self._space = ""
        self._begun = False

    def take(self) -> str:
        """The text that has become ready."""
        text = "".join(self._out)
        self._out.clear()
        return text

    def shorten(self) -> None:
        """Cut the middle out of markup that goes on and on."""
        if len(self.rawdata) > _LONGEST_MARKUP:
            self.rawdata = self.rawdata[:_KEPT] + self.rawdata[-_KEPT:]

    def finish(self) -> None:
        """The page is at its end."""
        if len(self.rawdata) > _LONGEST_REST and not self.cdata_elem:
            self.handle_data(self.rawdata)
            self.rawdata = ""
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "head":
            self._in_head = True
        elif tag not in _IN_HEAD:
            self._in_head = False
        if tag in _HIDDEN:
            self._hidden = tag
        self._break(tag)
        if tag == "pre":
            self._pre += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self._in_head = False
        if tag == self._hidden:
            self._hidden = None
        if tag == "pre":
            self._pre = max(0, self._pre - 1)
        if tag != "br":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._in_head and not data.isspace() and self._hidden is None:
            self._in_head = False  # text that stands in no element of the head begins the body
        if self._in_head or self._hidden is not None:
            return
        if self._pre:
            self._write(data)
            return
        words = _WHITESPACE.sub(" ", data)
        if words.startswith(" "):
            self._space = self._space or " "
            words = words[1:]
        if words:
            self._write(words.removesuffix(" "))
            self._space = " " if words.endswith(" ") else ""

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._breaks = max(self._breaks, 2)
        elif tag == "br":
            self._breaks += 1
        elif tag in _LINES:
            self._breaks = max(self._breaks, 1)
        elif tag in _CELLS and not self._breaks:
            self._space = "\t"

    def _write(self, text: str) -> None:
        """Write `text` after the line breaks or the space that wait, which the document's beginning does not need."""
        if self._begun:
            self._out.append("\n" * min(self._breaks, 2) or self._space)
        self._out.append(text)
        self._breaks, self._space, self._begun = 0, "", True
