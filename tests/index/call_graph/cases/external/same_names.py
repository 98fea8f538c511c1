import json


class Parser:
    def loads(self, text):
        return json.loads(text)


def loads(text):
    return Parser().loads(text)  # -> Parser.loads


loads("1")  # -> loads
