def distance(weights):
    total = 0
    return total
