async def fetch():
    pass


async def main():
    await fetch()  # -> fetch
