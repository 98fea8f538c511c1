import one
import two

for module in (one, two):
    module.run()  # -> one:run, two:run
