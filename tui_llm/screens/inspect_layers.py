"""The Inspect screen's activations and gradients: what the probes saw in each layer. Imports Textual and `runs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Static

from tui_llm.screens.inspect_view import View
from tui_llm.screens.inspect_words import FIGURE, figure, share
from tui_llm.translation import N_, _
from tui_llm.widgets.heatmap import Bars
from tui_llm.widgets.sparks import spark
from tui_llm.widgets.table import Column, LineTable

if TYPE_CHECKING:
    from tui_llm.runs.probes import Histogram, LayerProbe, ProbeRecord

#: Columns of a histogram in a line.
_SPARK = 20

_ACTIVATIONS = (
    Column(N_("layer")),
    Column(N_("kind"), 10, left=True, least=76),
    Column(N_("histogram"), _SPARK, left=True),
    Column(N_("mean"), FIGURE),
    Column(N_("std"), FIGURE),
    Column(N_("saturated"), 9),
    Column(N_("dead"), 7),
)
_GRADIENTS = (
    Column(N_("layer")),
    Column(N_("kind"), 10, left=True, least=76),
    Column(N_("histogram"), _SPARK, left=True),
    Column(N_("std"), FIGURE),
)


class ProbesView(View):
    """A view of what was recorded during the training."""

    def __init__(self, id: str, *, ascii_only: bool) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id, ascii_only=ascii_only)
        self.probes: list[ProbeRecord] = []
        self._place: int | None = None

    def show_probes(self, probes: list[ProbeRecord], place: int) -> None:
        """Show the record at `place`; there may be none at all."""
        if probes is not self.probes or place != self._place:
            self.probes, self._place = probes, place
            self.show_record(probes[place] if probes else None)

    def show_record(self, record: ProbeRecord | None) -> None:
        """Show one of `probes`."""
        raise NotImplementedError


class LayersView(ProbesView):
    """A line for each layer, and the whole histogram of the one in hand."""

    columns: ClassVar[tuple[Column, ...]]

    def __init__(self, id: str, *, ascii_only: bool) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id, ascii_only=ascii_only)
        self.table = LineTable(self.columns, ascii_only=ascii_only)
        self._caption = Static(classes="caption", markup=False)
        self._bars = Bars(ascii_only=ascii_only)
        self._ends = Static(classes="ends", markup=False)
        self._layers: dict[str, LayerProbe] = {}

    def compose(self) -> ComposeResult:
        yield self.remark_line
        with Container(classes="both"):
            yield self.table
            with Vertical(classes="drawing"):
                yield self._caption
                yield self._bars
                yield self._ends

    @property
    def main(self) -> LineTable:
        return self.table

    def show_record(self, record: ProbeRecord | None) -> None:
        layers = record.layers if record is not None else []
        self._layers = {layer.name: layer for layer in layers}
        self.table.show([self.line(layer) for layer in layers])
        self._show_layer()

    @on(LineTable.Moved)
    def _show_layer(self) -> None:
        layer = self._layers.get(self.table.current or "")
        histogram = self.histogram(layer) if layer is not None else None
        self._bars.show([float(count) for count in histogram.counts] if histogram is not None else [])
        self._caption.update(self.words(layer) if layer is not None else "")
        self._ends.update(_ends(histogram, self._bars.drawn_width) if histogram is not None else "")

    def histogram(self, layer: LayerProbe) -> Histogram | None:
        """What is drawn of a layer."""
        raise NotImplementedError

    def line(self, layer: LayerProbe) -> tuple[str, ...]:
        """Its line in the table."""
        raise NotImplementedError

    def words(self, layer: LayerProbe) -> Text:
        """What is said above its histogram."""
        raise NotImplementedError

    def spark(self, histogram: Histogram | None) -> str:
        """A histogram in a line."""
        return "" if histogram is None else spark(histogram.counts, _SPARK, ascii_only=self.ascii_only)


class ActivationsView(LayersView):
    """What the layers put out."""

    HELP: ClassVar[str] = N_(
        """## Activations

What each layer puts out for one batch: how its values are spread, their mean and standard deviation. **[** and **]** go
through the probed steps.

**saturated** is the share of a tanh's values beyond ±0.97, where its gradient all but vanishes: much of that, and the
layers before it learn slowly. **dead** is the share of the units that were not above zero for any token of the batch:
they pass nothing on, and in a ReLU they learn nothing any more. In a healthy network the standard deviations of the
layers are alike."""
    )
    columns = _ACTIVATIONS

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__("activations", ascii_only=ascii_only)

    def histogram(self, layer: LayerProbe) -> Histogram:
        return layer.activation

    def line(self, layer: LayerProbe) -> tuple[str, ...]:
        spread = self.spark(layer.activation)
        told = (figure(layer.mean), figure(layer.std), share(layer.saturated), share(layer.dead))
        return (layer.name, layer.kind, spread, *told)

    def words(self, layer: LayerProbe) -> Text:
        parts = []
        if layer.saturated is not None:
            parts.append(_("{share} of the values lie beyond ±0.97").format(share=share(layer.saturated)))
        if layer.dead is not None:
            parts.append(_("{share} of the units were never above zero").format(share=share(layer.dead)))
        return Text.assemble((layer.name, "bold"), f" ({layer.kind})\n", "  ".join(parts))


class GradientsView(LayersView):
    """What came back to the layers."""

    HELP: ClassVar[str] = N_(
        """## Gradients

The gradient of the loss by what each layer put out, for one batch. Where the standard deviation (**std**) shrinks from
layer to layer on the way back to the first, gradients vanish; where it grows, they explode. In a healthy network the
layers are alike. **[** and **]** go through the probed steps."""
    )
    columns = _GRADIENTS

    def __init__(self, *, ascii_only: bool) -> None:
        super().__init__("gradients", ascii_only=ascii_only)

    def histogram(self, layer: LayerProbe) -> Histogram | None:
        return layer.gradient

    def line(self, layer: LayerProbe) -> tuple[str, ...]:
        return (layer.name, layer.kind, self.spark(layer.gradient), figure(layer.gradient_std))

    def words(self, layer: LayerProbe) -> Text:
        return Text.assemble((layer.name, "bold"), f" ({layer.kind})")


def _ends(histogram: Histogram, width: int) -> str:
    """The values at both ends of a histogram that is drawn `width` columns wide."""
    low, high = figure(histogram.low), figure(histogram.high)
    return f"{low}{high:>{max(len(high) + 1, width - len(low))}}"
