def batch_norm(x, gamma, beta):
    mean = x.mean(axis=0)
    deviation = (x.var(axis=0) + 1e-5) ** 0.5
    normal = (x - mean) / deviation * gamma + beta
