from pkg import go
import pkg

go()  # -> pkg.inner:go
pkg.start()  # -> pkg.inner:go
