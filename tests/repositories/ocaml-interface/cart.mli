open Base
(*   ^ import Base: * *)
(*   ^ reference import *)

type t
(*   ^ definition type *)

val limit : int
(*  ^ definition variable *)
(*          ^ reference type *)
val total : ?rate:int -> t list -> int
(*  ^ definition function *)

module Line : sig
(*     ^ definition module *)
  val label : t -> string
  (*  ^ definition function in Line *)
end
