package cart
//      ^ definition module

import (
	"fmt"
//^ import fmt
	str "strings"
	// <- reference import
	//   ^ import strings as str
	. "math"
	// <- import math: *

	_ "example.com/shop/drivers"
	// ^ import example.com/shop/drivers
)

const Limit = 10
//    ^ definition constant

const (
	Open Status = iota
	// <- definition constant
	//   ^ reference type
	Paid
	// <- definition constant
)

var count, size int = 0, 1
//  ^ definition variable
//         ^ definition variable

type Status int
//   ^ definition type
type Money = int64
//   ^ definition type

type Priced interface {
//   ^ definition interface
	fmt.Stringer
	// <- reference read
	//  ^ reference inherit
	Price(rate float64) (Money, error)
	// <- definition method in Priced
	//    ^ reference write
}

type Item struct {
//   ^ definition struct
	Base
	*str.Builder
	Name, Code string
	// <- definition field in Item
	//    ^ definition field in Item
	Extra      struct{ Note string }
	// <- definition field in Item
	//                 ^ definition field in Item.Extra
}

func New[T Priced](name string, rest ...T) (*Item, error) {
//   ^ definition function
	item := &Item{Name: name}
	//       ^ reference call
	count += len(rest)
	for index, one := range rest {
		go one.Price(Floor(1))
		item.Name = fmt.Sprint(index, "not_a_name")
		//                             ^ nothing
	}
	show := func(text string) { local := text; fmt.Println(local) }
	show(name)
	return item, nil
}

func (i *Item) Price(rate float64) (Money, error) { return Money(rate), nil }
//             ^ definition method of Item

func (box Box[T]) Len() int { return size }
//                ^ definition method of Box
