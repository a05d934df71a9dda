def stack(data, sizes, train):
    for size in sizes:
        layer = train(data, size)
        data = layer.up(data)
    return [layer]
