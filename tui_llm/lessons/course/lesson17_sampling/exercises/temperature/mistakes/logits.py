from math import exp


def with_temperature(logits, temperature):
    powers = [logit / temperature for logit in logits]
    total = sum(exp(power) for power in powers)
    return powers
