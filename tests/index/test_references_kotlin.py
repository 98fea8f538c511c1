"""Calls in Kotlin that may mean a member of the class around, or a function that all of Kotlin sees."""

from tests.conftest import MakeRepository
from tests.index.marked import check

READER = """\
package shop

class Reader(val limit: Int) {
    fun require(name: String): String = name // !def

    fun read(n: Int, flag: Boolean) {
        require(n > 0) { "n has to be positive" }
        require(n < limit)
        require(n in 1..limit)
        require("a") // !inferred
        this.require("b") // !inferred
        listOf(n).forEach { require(it > 0) { "each" } }
    }
}

fun Reader.more(n: Int) {
    require(n > 0) { "n has to be positive" }
    require("c") // !inferred
}

fun free(n: Int) {
    require(n > 0) { "n has to be positive" }
}

class Other {
    fun use(reader: Reader) {
        reader.require("d") // !inferred
        require(true) { "no" }
    }
}
"""

DEFAULTS = """\
package shop

open class Base {
    fun step(at: Int, times: Int = 1, then: () -> Unit = {}) {} // !def
}

class Steps : Base() {
    fun step(name: String, a: Int, b: Int, c: Int) {}

    fun go() {
        step(1) // !inferred
        step(1, 2) // !inferred
        step(1) { go() } // !inferred
        step(1, 2) { go() } // !inferred
        step("a", 1, 2, 3)
    }
}
"""

ALL = """\
package shop

class All {
    fun each(vararg names: String) {} // !def
    fun go() {
        each() // !exact
        each("a", "b") // !exact
        made("a")("b")
    }

    fun made(name: String): (String) -> Unit = { _ -> }
    fun others() {
        each("c") // !exact
    }
}
"""


def test_a_call_that_a_member_does_not_take_is_not_one_of_it(make_repository: MakeRepository) -> None:
    check(make_repository, {"Reader.kt": READER})


def test_an_overload_of_a_base_takes_what_that_of_the_class_does_not(make_repository: MakeRepository) -> None:
    check(make_repository, {"Steps.kt": DEFAULTS})


def test_a_function_at_the_top_that_does_not_take_a_call_is_not_called(make_repository: MakeRepository) -> None:
    code = (
        "package shop\n\nfun check(name: String) {} // !def\n\n"
        'fun go(n: Int) {\n    check(n > 0) { "no" }\n    check("a") // !exact\n}\n'
    )
    check(make_repository, {"Top.kt": code})


def test_any_number_of_arguments(make_repository: MakeRepository) -> None:
    check(make_repository, {"All.kt": ALL})
