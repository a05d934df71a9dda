def batch_norm(x, gamma, beta):
    return (x - x.mean(axis=0)) * gamma + beta
