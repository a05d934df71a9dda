def stack(data, sizes, train):
    layers = []
    for size in reversed(sizes):
        layer = train(data, size)
        layers.append(layer)
        data = layer.up(data)
    return layers
