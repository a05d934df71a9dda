def batch_norm(x, gamma, beta):
    return x
