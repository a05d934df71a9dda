def nearest(picture, examples):
    distances = []
    for example in examples:
        distances.append(sum(a - b for a, b in zip(picture, example)))
    return distances.index(min(distances))
