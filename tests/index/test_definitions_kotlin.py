"""What each name in Kotlin leads to. The marks are described in `pointed.py`."""

from tests.conftest import MakeRepository
from tests.index.pointed import check


def test_local_names(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "A.kt": """\
package shop

class A<⟦T⟧>(private val ⟦size⟧: Int, ⟦plain⟧: Int) {
    val ⟦count⟧ = ⟪plain⟫ + ⟪size⟫

    fun sum(⟦first⟧: Int, vararg ⟦rest⟧: Int): Int {
        var ⟦total⟧ = ⟪first⟫ + ⟪count⟫
        for (⟦each⟧ in ⟪rest⟫) {
            ⟪total⟫ += ⟪each⟫
        }
        val (⟦a⟧, ⟦b⟧) = Pair(1, 2)
        val twice = { ⟦x⟧: Int -> ⟪x⟫ * 2 }
        try {
            use(⟪a⟫, ⟪b⟫)
        } catch (⟦e⟧: Exception) {
            throw ⟪e⟫
        }
        fun ⟦local⟧(⟦j⟧: Int) = ⟪j⟫ + ⟪total⟫
        return ⟪local⟫(⟪size⟫)
    }

    fun same(⟦given⟧: ⟪T⟫): ⟪T⟫ = ⟪given⟫
}
""",
        },
    )


def test_members_packages_and_extensions(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/main/kotlin/shop/Card.kt": """\
package com.acme.shop

open class ⟦Base⟧ {
    open fun ⟦base-cost:cost⟧(): Int = 1
    val ⟦limit⟧ = 3
}

class ⟦Card⟧(val ⟦number⟧: Int) : ⟪Base⟫() {
    lateinit var ⟦next⟧: ⟪Card⟫

    override fun ⟦card-cost:cost⟧(): Int =
        super.⟪base-cost:cost⟫() + ⟪limit⟫ + this.⟪number⟫ + ⟪next⟫.⟪card-cost:cost⟫()

    companion object {
        fun ⟦make⟧(): ⟪Card⟫ = ⟪Card⟫(1)
        const val ⟦MOST⟧ = 3
    }

    class ⟦Part⟧(val ⟦weight⟧: Int)
}

fun ⟪Card⟫.⟦twice⟧(): Int = ⟪number⟫ * 2

fun ⟦top⟧(card: ⟪Card⟫): ⟪Card⟫ = card

object ⟦Registry⟧ {
    val ⟦all⟧ = listOf<⟪Card⟫>()
}

enum class ⟦Suit⟧ { ⟦HEARTS⟧, SPADES }

typealias ⟦Paper⟧ = ⟪Card⟫
""".replace("= ⟪number⟫ * 2", "= this.⟪number⟫ * 2"),
            "src/main/kotlin/app/Use.kt": """\
package com.acme.app

import com.acme.shop.⟪Card⟫
import com.acme.shop.⟪Registry⟫
import com.acme.shop.⟪top⟫
import com.acme.shop.⟪twice⟫
import com.acme.shop.⟪Card⟫ as Other

class Use(private val cards: List<⟪Card⟫>) {
    fun run(card: ⟪Card⟫?, part: ⟪Card⟫.⟪Part⟫, other: ⟪Card:Other⟫) {
        val made = ⟪Card⟫.⟪make⟫()
        made.⟪next⟫.⟪card-cost:cost⟫()
        card?.⟪next⟫!!.⟪number⟫
        ⟪top⟫(made).⟪twice⟫()
        part.⟪weight⟫ + other.⟪number⟫
        for (one in cards) { one.⟪number⟫ }
        cards[0].⟪number⟫
        cards.forEach { it.⟪number⟫ }
        cards.map { each -> each.⟪card-cost:cost⟫() }
        (made as ⟪Card⟫).⟪limit⟫
        ⟪Registry⟫.⟪all⟫[0].⟪number⟫
        ⟪Card⟫.⟪MOST⟫
        com.acme.shop.⟪Suit⟫.⟪HEARTS⟫
        ⟪Card⟫(⟪number⟫ = 2)
    }
}
""",
        },
    )


def test_lambdas_with_a_receiver_and_checked_types(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/Box.kt": """\
package acme

class ⟦Box⟧(val ⟦label⟧: String) {
    fun ⟦unpack⟧(): Jar = Jar()
    fun ⟦box-size:size⟧() = 1
}

class ⟦Jar⟧ {
    fun ⟦jar-size:size⟧() = 2
    fun ⟦jar-unpack:unpack⟧() = 3
}

fun <⟦T⟧> ⟪T⟫.⟦then⟧(⟦block⟧: (⟪T⟫) -> Unit): ⟪T⟫ { return this }

fun ⟦use⟧(⟦box⟧: ⟪Box⟫, ⟦any⟧: Any) {
    ⟪box⟫.apply { ⟪box-size:size⟫() }.⟪box-size:size⟫()
    ⟪box⟫.run { ⟪unpack⟫() }.⟪jar-size:size⟫()
    with(⟪box⟫) { this.⟪unpack⟫() }.⟪jar-size:size⟫()
    ⟪box⟫.also { it.⟪unpack⟫() }.⟪box-size:size⟫()
    ⟪box⟫.⟪then⟫ { }.⟪box-size:size⟫()
    if (⟪any⟫ is ⟪Jar⟫ && ⟪any⟫.⟪jar-size:size⟫() > 1) {
        ⟪any⟫.⟪jar-unpack:unpack⟫()
    }
    when (⟪any⟫) {
        is ⟪Box⟫ -> ⟪any⟫.⟪box-size:size⟫()
        is ⟪Jar⟫ -> ⟪any⟫.⟪jar-size:size⟫()
    }
    val ⟦size⟧ = 1
    ⟪box⟫.apply { println(⟪size⟫) }
    val ⟦made⟧ = object : ⟪Jar⟫() { }
    ⟪made⟫.⟪jar-size:size⟫()
}
""",
        },
    )


def test_type_parameters(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/Shelf.kt": """\
package acme

open class ⟦Thing⟧ { fun ⟦thing-size:size⟧() = 0 }
class ⟦Jar⟧ : ⟪Thing⟫() { fun ⟦jar-lid:lid⟧() = 1 }
class ⟦Box⟧ : ⟪Thing⟫() { fun ⟦box-lid:lid⟧() = 1 }

open class ⟦Shelf⟧<⟦T⟧ : ⟪Thing⟫>(private val ⟦things⟧: Map<Int, ⟪T⟫>) {
    fun ⟦get⟧(⟦at⟧: Int): ⟪T⟫ {
        ⟪things⟫[⟪at⟫].⟪thing-size:size⟫()
        return ⟪things⟫[⟪at⟫]
    }
}

class ⟦Cellar⟧ : ⟪Shelf⟫<⟪Jar⟫>(mapOf())

fun ⟦use⟧(⟦boxes⟧: ⟪Shelf⟫<⟪Box⟫>, ⟦cellar⟧: ⟪Cellar⟫) {
    ⟪boxes⟫.⟪get⟫(1).⟪box-lid:lid⟫()
    ⟪cellar⟫.⟪get⟫(1).⟪jar-lid:lid⟫()
    ⟪Shelf⟫<⟪Jar⟫>(mapOf()).⟪get⟫(1).⟪jar-lid:lid⟫()
}
""",
        },
    )


def test_extensions_by_what_they_extend(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/Parts.kt": """\
package acme

class ⟦Box⟧ {
    fun ⟦pack⟧() = ⟪box-wrap:wrap⟫()
}

class ⟦Jar⟧ {
    companion object {
        fun ⟦of⟧() = ⟪Jar⟫()
    }
}

fun ⟪Box⟫.⟦box-wrap:wrap⟧() = 1
fun ⟪Jar⟫.⟦jar-wrap:wrap⟧() = 2
infix fun ⟪Box⟫.⟦and⟧(⟦other⟧: ⟪Jar⟫) = ⟪other⟫
""",
            "src/other/Use.kt": """\
package acme.other

import acme.⟪Box⟫
import acme.Jar
import acme.Jar.Companion.⟪of⟫
import acme.and
import acme.wrap as ⟦bind⟧

fun ⟦use⟧(⟦box⟧: ⟪Box⟫, ⟦bits⟧: Int) {
    (⟪box⟫ ⟪and⟫ ⟪of⟫()).⟪jar-wrap:bind⟫()
    println(⟪bits⟫ and 1)
}
""",
        },
    )
