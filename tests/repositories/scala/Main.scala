class Cart(val owner: String) {
//    ^ definition class
//             ^ definition field in Cart
  def this() = this("nobody")
  //  ^ definition constructor in Cart
}
