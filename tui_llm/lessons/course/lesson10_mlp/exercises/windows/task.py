def windows(text, context):
    examples = []
    return examples
