def gradient(probabilities, target):
    result = [0] * len(probabilities)
    return result
