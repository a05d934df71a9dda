def batch_norm(x, gamma, beta):
    mean = x.mean(axis=1, keepdims=True)
    deviation = (x.var(axis=1, keepdims=True) + 1e-5) ** 0.5
    return (x - mean) / deviation * gamma + beta
