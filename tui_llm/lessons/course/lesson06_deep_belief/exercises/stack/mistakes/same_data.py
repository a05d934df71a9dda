def stack(data, sizes, train):
    layers = []
    for size in sizes:
        layers.append(train(data, size))
    return layers
