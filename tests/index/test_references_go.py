"""Uses of Go definitions: within a package, by import path, and through the types of receivers and variables."""

from tests.conftest import MakeRepository
from tests.index.marked import check

MANIFEST = "module example.org/shop\n\ngo 1.22\n"


def test_packages(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": MANIFEST,
            "pay/pay.go": "package pay\n\nfunc Charge() {} // !def\n",
            "pay/more.go": "package pay\n\nfunc twice() {\n\tCharge() // !exact\n}\n",
            "main.go": """\
package main

import (
	"fmt"

	"example.org/shop/pay"
	p "example.org/shop/pay"
)

func main() {
	pay.Charge() // !exact
	p.Charge()   // !exact
	fmt.Charge()
	Charge := 1
	use(Charge)
}
""",
            "other/other.go": "package other\n\nfunc Charge() {}\n\nfunc f() {\n\tCharge()\n}\n",
        },
    )


def test_methods_by_the_types_of_variables(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": MANIFEST,
            "pay/cart.go": """\
package pay

type Cart struct {
	next *Cart
}

type Basket struct {
	Cart
}

type Other struct{}

func (o Other) Total() int { return 0 }

func (c *Cart) Total() int { // !def
	if c.next != nil {
		return c.next.Total() // !inferred
	}
	return c.Total() // !inferred
}

func New() *Cart { return &Cart{} }

func Make() (cart *Cart, err error) { return }
""",
            "main.go": """\
package main

import "example.org/shop/pay"

type holder struct {
	cart *pay.Cart
}

func f(a *pay.Cart, b pay.Other, c pay.Basket, d interface{}) {
	a.Total() // !inferred
	b.Total()
	c.Total() // !inferred
	x := pay.New()
	x.Total() // !inferred
	y, err := pay.Make()
	y.Total() // !inferred
	z := &pay.Cart{}
	z.Total() // !inferred
	var w pay.Cart
	w.Total() // !inferred
	h := holder{}
	h.cart.Total() // !inferred
	d.Total() // !name
	unknown().Total() // !name
}
""",
        },
    )


def test_keys_of_literals_are_fields(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": MANIFEST,
            "a.go": """\
package shop

type Card struct {
	Limit int // !def
}

func Limit() int { return 1 }

func f() {
	card := Card{
		Limit: Limit(), // !inferred
	}
	card.Limit = 2 // !inferred
	use(map[int]int{Limit(): 1})
}
""",
        },
    )


def test_interfaces_are_implemented_without_being_named(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": MANIFEST,
            "a.go": """\
package shop

type Payer interface {
	Pay() int
	Refund()
}

type Card struct{}

func (c Card) Pay() int { return 1 } // !def

func (c Card) Refund() {}

type Half struct{}

func (h Half) Pay() int { return 2 }

func f(p Payer, h Half) {
	p.Pay() // !name
	h.Pay()
}
""",
        },
    )


def test_calls_on_what_a_function_from_elsewhere_gives_when_it_is_called(make_repository: MakeRepository) -> None:
    files = {
        "go.mod": "module example.com/m\n",
        "m.go": """\
package m

import (
	"sync"

	"example.com/other"
)

type Conf struct{}

func (c *Conf) Load() {} // !def

func read() *Conf { return &Conf{} }

var once = sync.OnceValue(read)

func use() {
	once().Load()                        // !inferred
	sync.OnceValue(read)().Load()        // !inferred
	first, _ := sync.OnceValues(both)()
	first.Load()                         // !inferred
	wrapped := other.Wrap(read)
	wrapped().Load()                     // !name
	other.Get().Load()
}

func both() (*Conf, error) { return nil, nil }
""",
    }
    check(make_repository, files)
