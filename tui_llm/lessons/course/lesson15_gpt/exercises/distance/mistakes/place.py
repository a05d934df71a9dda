def distance(weights):
    total = 0
    for row in weights:
        for s, weight in enumerate(row):
            total += weight * s
    return total / len(weights)
