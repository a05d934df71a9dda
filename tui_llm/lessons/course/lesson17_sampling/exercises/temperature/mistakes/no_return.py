from math import exp


def with_temperature(logits, temperature):
    powers = [exp(logit / temperature) for logit in logits]
    total = sum(powers)
    print([power / total for power in powers])
