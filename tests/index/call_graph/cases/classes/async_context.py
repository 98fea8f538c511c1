class Pool:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass

    def get(self):
        pass


async def main():
    async with Pool() as pool:  # -> Pool.__aenter__, Pool.__aexit__
        pool.get()  # -> Pool.get
