def stack(data, sizes, train):
    layers = []
    for size in sizes:
        layers.append(train(data, size))
        data = layers[0].up(data)
    return layers
