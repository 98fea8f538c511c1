"""What each name in Go leads to. The marks are described in `pointed.py`."""

from tests.conftest import MakeRepository
from tests.index import marked
from tests.index.pointed import check

MANIFEST = "module example.org/shop\n\ngo 1.22\n"


def test_local_names(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": MANIFEST,
            "a.go": """\
package shop

var ⟦top:total⟧ = 1

func sum(⟦first⟧, ⟦second⟧ int, ⟦rest⟧ ...int) (⟦result⟧ int, ⟦err⟧ error) {
	⟦inner:total⟧ := ⟪first⟫ + ⟪second⟫ + ⟪top:total⟫
	for ⟦i⟧, ⟦each⟧ := range ⟪rest⟫ {
		⟪inner:total⟫ += ⟪i⟫ * ⟪each⟫
	}
	if ⟦block:total⟧ := ⟪inner:total⟫; ⟪block:total⟫ > 1 {
		return ⟪block:total⟫, nil
	} else if ⟦ok⟧ := ⟪block:total⟫ == 0; ⟪ok⟫ {
		⟪block:total⟫++
	}
	⟦again⟧, ⟪err⟫ := sum(⟪inner:total⟫, 1)
	⟪result⟫ = ⟪again⟫
	⟦loop⟧:
	for {
		break ⟪loop⟫
	}
	func(⟦x⟧ int) { use(⟪x⟫, ⟪first⟫) }(1)
	switch ⟦s⟧ := ⟪result⟫; ⟪s⟫ {
	case 1:
		⟦only⟧ := ⟪s⟫
		use(⟪only⟫)
	}
	const ⟦most⟧ = 3
	return ⟪most⟫, ⟪err⟫
}

func use(values ...int) { _ = ⟪top:total⟫ }
""",
        },
    )


def test_packages_and_imports(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": MANIFEST,
            "pay/pay.go": """\
package pay

const ⟦Limit⟧ = 1

type ⟦Card⟧ struct {
	⟦Number⟧ string
}

func ⟦New⟧() *⟪Card⟫ { return &⟪Card⟫{⟪Number⟫: "1"} }
""",
            "pay/pay_linux.go": "package pay\n\nfunc ⟦Open⟧() {}\n",
            "pay/pay_windows.go": "package pay\n\nfunc ⟦other:Open⟧() {}\n",
            "pay/pay_test.go": "package pay_test\n\nfunc Limit() {}\n",
            "internal/money/v2/money.go": "package money\n\ntype ⟦Amount⟧ int\n",
            "main.go": """\
package main

import (
	"fmt"

	"example.org/shop/internal/money/v2"
	. "example.org/shop/pay"
	p "example.org/shop/pay"
)

type wallet struct {
	amount money.⟪Amount⟫
	card   *p.⟪Card⟫
}

func main() {
	fmt.⟪-:Println⟫(p.⟪Limit⟫, ⟪Limit⟫, p.⟪New⟫().⟪Number⟫)
	card := ⟪New⟫()
	card.⟪Number⟫ = "2"
	p.⟪Open⟫()
}
""",
        },
    )


def test_methods_and_fields(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": MANIFEST,
            "a.go": """\
package shop

type ⟦Node⟧ struct {
	⟦next⟧     *⟪Node⟫
	⟦children⟧ []*⟪Node⟫
	⟦byName⟧   map[string]⟪Node⟫
	⟦anonymous⟧ struct{ ⟦deep⟧ int }
	*⟪Base⟫
}

type ⟦Base⟧ struct{ ⟦id⟧ int }

func (b *⟪Base⟫) ⟦reset⟧() { b.⟪id⟫ = 0 }

const ⟦colour:reset2⟧ = "x"

func (⟦n⟧ *⟪Node⟫) ⟦value⟧(key string) (*⟪Node⟫, error) {
	⟪n⟫.⟪next⟫.⟪reset⟫()
	⟪n⟫.⟪Base⟫.⟪reset⟫()
	⟪n⟫.⟪id⟫++
	⟪n⟫.⟪anonymous⟫.⟪deep⟫++
	return ⟪n⟫, nil
}

func use(n *⟪Node⟫, any interface{}) {
	found, err := n.⟪value⟫("a")
	found.⟪value⟫("b")
	_ = err.⟪-:Error⟫()
	n.⟪children⟫[0].⟪value⟫("c")
	n.⟪byName⟫["x"].⟪next⟫.⟪reset⟫()
	for _, child := range n.⟪children⟫ {
		child.⟪value⟫("d")
	}
	for _, child := range n.⟪byName⟫ {
		child.⟪reset⟫()
	}
	made := &⟪Node⟫{⟪next⟫: nil, ⟪children⟫: []*⟪Node⟫{{⟪next⟫: n}}}
	made.⟪reset⟫()
	if typed, ok := any.(*⟪Node⟫); ok {
		typed.⟪reset⟫()
	}
	switch v := any.(type) {
	case *⟪Node⟫:
		v.⟪value⟫("e")
	case ⟪Base⟫:
		v.⟪reset⟫()
	}
	make := func() *⟪Base⟫ { return nil }
	make().⟪reset⟫()
	new(⟪Node⟫).⟪reset⟫()
	call := n.⟪value⟫
	call("f")
}
""",
        },
    )


def test_interfaces_generics_and_aliases(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": MANIFEST,
            "a.go": """\
package shop

type ⟦Payer⟧ interface {
	⟦Pay⟧(amount int) ⟪Receipt⟫
	⟪Closer⟫
}

type ⟦Closer⟧ interface{ ⟦Close⟧() }

type ⟦Receipt⟧ struct{ ⟦Total⟧ int }

type ⟦Bill⟧ = ⟪Receipt⟫

type ⟦List⟧[⟦T⟧ any] struct{ ⟦items⟧ []⟪T⟫ }

func (l *⟪List⟫[⟦E⟧]) ⟦First⟧() ⟪E⟫ { return l.⟪items⟫[0] }

func ⟦Map⟧[⟦A⟧, ⟦B⟧ any](from []⟪A⟫, change func(⟪A⟫) ⟪B⟫) []⟪B⟫ { return nil }

func ⟦Pick⟧[⟦P⟧ any](from []⟪P⟫) ⟪P⟫ { return from[0] }

func use(payer ⟪Payer⟫, bill ⟪Bill⟫, list *⟪List⟫[⟪Receipt⟫], all []⟪Receipt⟫) {
	payer.⟪Pay⟫(1).⟪Total⟫++
	payer.⟪Close⟫()
	bill.⟪Total⟫++
	list.⟪First⟫().⟪Total⟫++
	⟪Pick⟫(all).⟪Total⟫++
	⟪Pick⟫[⟪Receipt⟫](nil).⟪Total⟫++
}
""".replace("[⟦E⟧]", "[E]").replace("⟪E⟫ {", "E {"),
        },
    )


def test_modules_of_a_workspace_replaced_and_vendored_ones(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.work": "go 1.21\n\nuse (\n\t./app\n\t./tools\n)\n",
            "app/go.mod": """\
module example.com/app

require (
	example.com/tools v0.0.0
	example.com/old v1.0.0
)

replace example.com/old v1.0.0 => ../forks/new
""",
            "tools/go.mod": "module example.com/tools\n",
            "tools/log/log.go": "package log\n\nfunc ⟦Write⟧() {}\n",
            "forks/new/new.go": "package new\n\nfunc ⟦Make⟧() {}\n",
            "app/vendor/example.org/deep/thing/thing.go": "package thing\n\nfunc ⟦Think⟧() {}\n",
            "app/main.go": """\
package main

import (
	"example.com/old"
	"example.com/tools/log"
	"example.org/deep/thing"
)

func main() {
	log.⟪Write⟫()
	new.⟪Make⟫()
	thing.⟪Think⟫()
}
""",
        },
    )


def test_what_a_channel_gives(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": "module example.com/m\n",
            "m.go": """\
package m

type ⟦Jar⟧ struct{ ⟦jar-size:size⟧ int }
type ⟦Box⟧ struct{ ⟦box-size:size⟧ int }

func ⟦take⟧(⟦jars⟧ chan ⟪Jar⟫, ⟦boxes⟧ <-chan *⟪Box⟫) {
	for ⟦jar⟧ := range ⟪jars⟫ {
		_ = ⟪jar⟫.⟪jar-size:size⟫
	}
	⟦box⟧, ⟦ok⟧ := <-⟪boxes⟫
	_ = ⟪ok⟫
	_ = ⟪box⟫.⟪box-size:size⟫
}
""",
        },
    )


def test_a_field_of_a_type_without_a_name_is_no_variable_of_its_name(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "go.mod": "module example.com/m\n",
            "m.go": """\
package m

var ⟦slash⟧ = "/"

func ⟦rows⟧() string {
	⟦row⟧ := struct{ in, ⟦field:slash⟧ string }{⟪field:slash⟫: ⟪slash⟫}
	var ⟦runner⟧ interface{ ⟦run:slash⟧(a int) string }
	return ⟪row⟫.⟪field:slash⟫ + ⟪slash⟫ + ⟪runner⟫.⟪run:slash⟫(1)
}
""",
        },
    )


def test_the_name_of_such_a_field_uses_no_variable(make_repository: MakeRepository) -> None:
    uses = "func rows() {\n\t_ = []struct{ slash bool }{}\n\t_ = slash // !exact\n}\n"
    marked.check(
        make_repository,
        {"go.mod": "module example.com/m\n", "m.go": f'package m\n\nvar slash = "/" // !def\n\n{uses}'},
    )
