module Shop.Cart
//     ^ definition module
open System
//   ^ import System: * in Shop.Cart

let limit = 10
//  ^ definition variable in Shop.Cart
let withTax cents = let rate = 120 in cents * rate / 100
//  ^ definition function in Shop.Cart
//          ^ reference write
//                      ^ reference write
let rec even n = odd n
//      ^ definition function in Shop.Cart
and odd n = even n
//  ^ definition function in Shop.Cart.even
let (+++) a b = withTax (a + b)
//   ^ definition function in Shop.Cart
//              ^ reference call
let (first, second) = 1, 2
//   ^ definition variable in Shop.Cart
//          ^ definition variable in Shop.Cart

type Item = { Name: string; Cents: int }
//   ^ definition struct in Shop.Cart
//            ^ definition field in Shop.Cart.Item
//                  ^ reference type
//                          ^ definition field in Shop.Cart.Item
type State =
//   ^ definition enum in Shop.Cart
  | Open
//  ^ definition enum_member in Shop.Cart.State
  | Paid of Item
//  ^ definition enum_member in Shop.Cart.State
type Colour = Red = 0 | Blue = 1
//   ^ definition enum in Shop.Cart
//            ^ definition enum_member in Shop.Cart.Colour
//                      ^ definition enum_member in Shop.Cart.Colour
type Priced =
//   ^ definition class in Shop.Cart
  abstract Price: unit -> int
//         ^ definition method in Shop.Cart.Priced
type Cart(owner: string) =
//   ^ definition class in Shop.Cart
  inherit Base(owner)
//        ^ reference inherit
  let items = []
//    ^ definition field in Shop.Cart.Cart
  new() = Cart("")
  // <- definition constructor in Shop.Cart.Cart
  member this.Add(item: Item) = withTax item.Cents
//            ^ definition method in Shop.Cart.Cart
  member val Owner = owner with get, set
//           ^ definition property in Shop.Cart.Cart
  static member Empty = Cart()
//              ^ definition property in Shop.Cart.Cart
  interface Priced with
//          ^ reference inherit
    member this.Price() = 1
//              ^ definition method in Shop.Cart.Cart
exception Refused of string
//        ^ definition type in Shop.Cart
module Nested =
//     ^ definition module in Shop.Cart
  let deep = List.map withTax []
//    ^ definition variable in Shop.Cart.Nested
type System.String with
  member s.Shout() = s
//         ^ definition method in Shop.Cart of System.String
