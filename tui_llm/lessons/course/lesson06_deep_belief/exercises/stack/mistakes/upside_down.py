def stack(data, sizes, train):
    layers = []
    for size in sizes:
        layer = train(data, size)
        layers.insert(0, layer)
        data = layer.up(data)
    return layers
