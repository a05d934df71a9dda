from math import exp


def with_temperature(logits, temperature):
    powers = [exp(logit / temperature) for logit in logits]
    total = sum(exp(logit) for logit in logits)
    return [power / total for power in powers]
