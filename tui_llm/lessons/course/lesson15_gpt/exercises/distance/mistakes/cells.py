def distance(weights):
    total = 0
    for t, row in enumerate(weights):
        for s, weight in enumerate(row):
            total += weight * (t - s)
    return total / len(weights) ** 2
