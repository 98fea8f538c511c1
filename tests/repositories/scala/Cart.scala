package com.acme.shop
//      ^ definition module
//          ^ reference import

import scala.collection.mutable
//                      ^ import scala.collection: mutable
import com.acme.prices.{Rate => Tax, Table}
//                      ^ import com.acme.prices: Rate as Tax
//                                   ^ import com.acme.prices: Table
import com.acme.money._
//                    ^ import com.acme.money: *

trait Priced extends Named { def price(rate: Int): Int; val unit: String }
//    ^ definition trait
//                   ^ reference inherit
//                               ^ definition method in Priced
//                                     ^ reference write
//                                           ^ reference type
//                                                          ^ definition field in Priced

case class Line(name: String, cents: Int)
//         ^ definition class
//              ^ definition field in Line
//                            ^ definition field in Line

@entity
 // <- reference call
class Cart[T <: Item](val owner: String, private var size: Int = 0) extends Base[T](owner) with Priced {
//    ^ definition class
//                        ^ definition field in Cart
//                                                   ^ definition field in Cart
//                                                                                  ^ reference read
  val limit = 10
  //  ^ definition field in Cart
  var (low, high) = (0, 1)
  //   ^ definition field in Cart
  //        ^ definition field in Cart
  type Unit = String
  //   ^ definition type in Cart

  def price(rate: Int): Int = {
  //  ^ definition method in Cart
    val sum = 0
    def twice(value: Int) = value * 2
    //  ^ definition function in Cart.price
    items.map(item => item.price(rate))
    for (line <- lines) yield twice(line.cents)
    new Counter(sum).next match { case Line(name, cents) => cents; case other: Tax => 0 }
  }
}

object Cart { def empty = new Cart("not_a_name") }
//     ^ definition class
//                ^ definition method in Cart
//                                  ^ nothing

enum Status { case Open, Paid }
//   ^ definition enum
//                 ^ definition enum_member in Status
//                       ^ definition enum_member in Status

trait Ledger extends Monad[Line] with shop.Closeable with shop.Keyed[Line] with Priced
//    ^ definition trait
//                   ^ reference inherit
//                         ^ reference type
//                                         ^ reference inherit
//                                                             ^ reference inherit
//                                                                              ^ reference inherit
object Ledgers {
//     ^ definition class
  val open = new Ledger with Keyed[Line] { def price(rate: Int) = rate }
  //                                           ^ definition method in Ledgers.open
  //  ^ definition field in Ledgers
  //             ^ reference inherit
  //                         ^ reference inherit
  //                               ^ reference type
  val listed = new Monad[Line] { def unit = "EUR" }
  //                                 ^ definition method in Ledgers.listed
  //  ^ definition field in Ledgers
  //               ^ reference inherit
  val other = new shop.Base[Line](1) { }
  //  ^ definition field in Ledgers
  //                   ^ reference inherit
  val plain = new Base[Line](1)
  //  ^ definition field in Ledgers
  //              ^ reference call
  given kept: Keyed[Line] with { println(1) }
  //    ^ definition field in Ledgers
  //          ^ reference inherit
  //                ^ reference type
}
