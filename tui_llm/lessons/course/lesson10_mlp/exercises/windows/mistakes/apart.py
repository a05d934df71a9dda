def windows(text, context):
    examples = []
    for place in range(0, len(text) - context, context):
        examples.append((text[place : place + context], text[place + context]))
    return examples
