from tables import TABLE

TABLE["a"]()  # -> tables:one
for f in TABLE.values():
    f()  # -> tables:one, tables:two
