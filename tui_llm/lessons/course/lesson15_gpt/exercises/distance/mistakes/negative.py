def distance(weights):
    total = 0
    for t, row in enumerate(weights):
        for s, weight in enumerate(row):
            total += weight * (s - t)
    return total / len(weights)
