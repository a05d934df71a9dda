def stack(data, sizes, train):
    layers = []
    return layers
