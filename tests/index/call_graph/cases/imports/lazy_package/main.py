import pkg

pkg.run()  # -> pkg.core:run
