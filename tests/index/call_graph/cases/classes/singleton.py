class Store:
    _instance = None

    @classmethod
    def get(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    def save(self):
        pass


Store.get().save()  # -> Store.get, Store.save
