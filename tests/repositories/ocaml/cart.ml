open Base
(*   ^ import Base: * *)
(*   ^ reference import *)
module Map = Stdlib.Map
(*     ^ definition module *)
(*     ^ import Stdlib.Map as Map *)
(*           ^ reference read *)
include Shop.Prices
(*      ^ import Shop.Prices: * *)

type status = Open | Paid of int
(*   ^ definition type *)
(*            ^ definition enum_member in status *)
(*                   ^ definition enum_member in status *)
(*                           ^ reference type *)
type item = { name : string; mutable price : int }
(*   ^ definition type *)
(*            ^ definition field in item *)
(*                                   ^ definition field in item *)
exception Closed of string
(*        ^ definition type *)

module type PRICED = sig
(*          ^ definition interface *)
  val price : item -> int
  (*  ^ definition method in PRICED *)
end

module Line = struct
(*     ^ definition module *)
  let limit = 10
  (*  ^ definition variable in Line *)
end

let total ?(rate = 1) items =
(*  ^ definition function *)
(*          ^ reference write *)
  let local = rate in
  List.fold_left (fun sum item -> sum + item.price) local items
  (*   ^ reference call *)

let rec even n = odd n
(*      ^ definition function *)
and odd n = even n
(*  ^ definition function *)

external now : unit -> int = "shop_now"
(*       ^ definition function *)

class cart owner = object (self)
(*    ^ definition class *)
  inherit base
  (*      ^ reference inherit *)
  val mutable items = []
  (*          ^ definition field in cart *)
  method add item = items <- item :: items
  (*     ^ definition method in cart *)
end

let show = function Open -> "not_a_name" | Paid cents -> Line.label cents
(*  ^ definition function *)
(*                           ^ nothing *)
