def store(patterns):
    n = len(patterns[0])
    weights = [[0] * n for _ in range(n)]
    for pattern in patterns:
        for i in range(n):
            for j in range(n):
                if i != j:
                    weights[i][j] += pattern[i] * pattern[j] / len(patterns)
    return weights
