from math import exp


def with_temperature(logits, temperature):
    powers = [exp(logit) for logit in logits]
    total = sum(powers)
    return [power / total / temperature for power in powers]
