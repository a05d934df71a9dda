def stack(data, sizes, train):
    layers = []
    for size in sizes:
        layer = train(data, size)
        data = layer.up(data)
        layers.append(data)
    return layers
