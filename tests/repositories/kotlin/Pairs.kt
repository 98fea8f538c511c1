val (first, _) = pair
//   ^ definition property
fun <T> List<T>.second(): T = this[1]
//              ^ definition function of List
