from math import exp


def with_temperature(logits, temperature):
    powers = [exp(logit / temperature**2) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]
