let cart = Cart()
//  ^ definition property
if cart.isEmpty {
    let reason = "empty"
    func explain() {}
    //   ^ definition function
}
for line in cart.lines {
    var total = 0
}
