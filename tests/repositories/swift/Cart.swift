import Foundation
//     ^ import Foundation: *
//     ^ reference import
@testable import ShopCore
//               ^ import ShopCore: *

let limit = 10
//  ^ definition property
typealias Lines = [Item]
//        ^ definition type
//                 ^ reference type

protocol Priced: Named {
//       ^ definition interface
//               ^ reference inherit
    associatedtype Unit
    //             ^ definition type in Priced
    var unit: Unit { get }
    //  ^ definition property in Priced
    func price(rate: Int) -> Int
    //   ^ definition method in Priced
    //         ^ reference write
}

@objc public class Cart<T: Item>: Base, Priced {
 // <- reference call
//                 ^ definition class
    private let owner: String
    //          ^ definition property in Cart
    var count: Int {
    //  ^ definition property in Cart
        let local = limit
        //          ^ reference read
        return local
    }

    init(owner: String, _ size: Int = 0, rest items: T...) {
    // <- definition constructor in Cart
        self.owner = owner
        super.init()
    }

    func price(rate: Int) -> Int {
    //   ^ definition method in Cart
        var sum = 0
        for item in items { sum += item.price(rate: rate) }
        let prices = items.map { line in line.cents }
        return Counter(sum).next() ?? prices[0]
    }

    enum Status: String {
    //   ^ definition enum in Cart
        case open = "not_a_name", paid
        //   ^ definition enum_member in Cart.Status
        //           ^ nothing
        //                        ^ definition enum_member in Cart.Status
        case failed(reason: String)
        //   ^ definition enum_member in Cart.Status
    }
}

struct Line { var cents: Int }
//     ^ definition struct
//                ^ definition property in Line

extension Cart: Closable {
    func close() { }
    //   ^ definition method of Cart
}
