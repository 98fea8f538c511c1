package com.acme.shop
//      ^ definition module
//          ^ reference import

import com.acme.prices.Rate as Tax
//                     ^ import com.acme.prices: Rate as Tax
import kotlin.math.*
//                 ^ import kotlin.math: *
import java.util.UUID
//               ^ import java.util: UUID

const val LIMIT = 10
//        ^ definition constant
typealias Lines = List<Item>
//        ^ definition type
//                ^ reference type

interface Priced : Named {
//        ^ definition interface
//                 ^ reference inherit
    val unit: String
    //  ^ definition property in Priced
    fun price(rate: Int): Int
    //  ^ definition method in Priced
    //        ^ reference write
}

@Entity("cart")
 // <- reference call
open class Cart<T : Item>(val owner: String, private var size: Int = 0, code: Int) : Base<T>(owner), Priced {
//         ^ definition class
//                            ^ definition property in Cart
//                                                       ^ definition property in Cart
//                                                                                           ^ reference read
    var count = 0
    //  ^ definition property in Cart
        get() { val local = field; return local }

    init { val local = code }

    constructor(owner: String) : this(owner, 0, 1) { count = 1 }
    // <- definition constructor in Cart

    override fun price(rate: Int): Int {
    //           ^ definition method in Cart
        var sum = 0
        for (item in items) { sum += item.price(rate) }
        val (low, high) = bounds(sum)
        return items.map { line -> max(line.cents, low) }.first() as Int
    }

    companion object {
        fun empty() = Cart<Item>("not_a_name")
        //  ^ definition method in Cart
        //                        ^ nothing
    }

    enum class Status(val code: Int) { OPEN(1), PAID(2) }
    //         ^ definition enum in Cart
    //                    ^ definition property in Cart.Status
    //                                 ^ definition enum_member in Cart.Status
    //                                          ^ definition enum_member in Cart.Status
}

object Shops { fun all(): Lines = emptyList() }
//     ^ definition class
//                 ^ definition method in Shops

fun String.toCents(rate: Tax): Int = UUID(this).hashCode()
//         ^ definition function of String
