def windows(text, context):
    examples = []
    for place in range(len(text) - context):
        examples.append(text[place : place + context])
    return examples
