class Text:
    def strip(self):
        pass

    def join(self, parts):
        pass


" a ".strip()
", ".join(["a"])
"x".upper().strip()
[1].copy()
