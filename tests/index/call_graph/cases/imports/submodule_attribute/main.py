import pkg.a

pkg.a.thing.go()  # -> pkg.a:Thing.go
