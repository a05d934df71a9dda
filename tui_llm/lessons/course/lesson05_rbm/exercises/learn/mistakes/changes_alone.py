def learn(weights, v, up, down, rate):
    h = up(v)
    dream = down(h)
    after = up(dream)
    return [
        [rate * (v[i] * h[j] - dream[i] * after[j]) for j, weight in enumerate(row)] for i, row in enumerate(weights)
    ]
