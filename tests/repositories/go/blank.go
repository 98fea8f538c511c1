package cart
//      ^ definition module

func _() {}

type Store interface {
//   ^ definition interface
	Load() error
 // <- definition method in Store
}

type Cached struct {
//   ^ definition struct
	inner interface {
 // <- definition field in Cached
		Save() error
//^ definition method in Cached.inner
	}
}

func check(store any) {
//   ^ definition function
	_, _ = store.(interface{ Close() error })
}
