// An error set defines its members where it has a name; in a function's type it only names them.
const Failure = error{ Empty, Broken } || Other;
//    ^ definition constant
//                     ^ definition enum_member in Failure
//                            ^ definition enum_member in Failure

fn total(cart: Cart) error{Empty}!u32 {
// ^ definition function
    return if (cart.empty) error.Empty else 1;
}
