"""Checks `stack(data, sizes, train)` with machines that only remember what they were trained on."""

from tui_llm.lessons.course.exercises import Hint

SIZES = [40, 20, 10]
WANTED = ["the data", "layer 40 of the data", "layer 20 of layer 40 of the data"]


class Layer:
    def __init__(self, seen, size):
        self.seen, self.size = seen, size

    def up(self, data):
        return f"layer {self.size} of {data}"


def check(task):
    trained = []

    def train(data, size):
        trained.append(Layer(data, size))
        return trained[-1]

    layers = task.stack("the data", list(SIZES), train)
    if not trained:
        raise Hint("unsolved")
    seen = [layer.seen for layer in trained]
    sizes = [layer.size for layer in trained]
    shown = {"sizes": SIZES, "count": len(SIZES)}
    if sizes != SIZES:
        raise Hint("wrong", **shown, trained=sizes)
    if seen == [WANTED[0]] * len(SIZES):
        raise Hint("same_data", **shown)
    if seen != WANTED:
        raise Hint("first_only", **shown)
    if not isinstance(layers, (list, tuple)) or len(layers) != len(SIZES):
        raise Hint("one_layer", **shown, returned=len(layers) if isinstance(layers, (list, tuple)) else 0)
    if any(not isinstance(layer, Layer) for layer in layers):
        raise Hint("activations", **shown)
    if [layer.size for layer in layers] != SIZES:
        raise Hint("upside_down", **shown)
