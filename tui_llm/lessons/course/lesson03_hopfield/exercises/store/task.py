def store(patterns):
    n = len(patterns[0])
    weights = [[0] * n for _ in range(n)]
    return weights
