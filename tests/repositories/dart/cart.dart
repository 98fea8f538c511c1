library shop.cart;
//      ^ definition module

import 'dart:io';
//     ^ import dart:io: *
import 'package:shop/prices.dart' as prices show round, Rate;
//     ^ import package:shop/prices.dart as prices
//                                   ^ reference import
//                                               ^ import package:shop/prices.dart: round
//                                                      ^ import package:shop/prices.dart: Rate
export 'src/item.dart';
//     ^ import src/item.dart: *
part 'cart.g.dart';
//   ^ import cart.g.dart

const limit = 10;
//    ^ definition constant
int count = 0;
// <- reference type
//  ^ definition variable
typedef Discount = int Function(int cents);
//      ^ definition type

@entity
 // <- reference call
abstract class Cart<T extends Item> extends Base<T> with Logs implements Priced {
//             ^ definition class
//                                          ^ reference inherit
  final String owner;
  //           ^ definition field in Cart
  static const step = 2;
  //           ^ definition constant in Cart

  Cart(this.owner, {required int size, int rate = 1}) : super(size);
  // <- definition constructor in Cart
  //        ^ reference write
  Cart.empty() : owner = 'not_a_name';
  //   ^ definition constructor in Cart
  //                      ^ nothing
  factory Cart.of(String owner) => Cart(owner, size: 1);
  //           ^ definition constructor in Cart

  int get size => items.length;
  //      ^ definition property in Cart

  @override
  int price(int rate, [T? item]) {
  //  ^ definition method in Cart
    var sum = 0;
    for (final line in items) { sum += line.price(rate); }
    this.count = prices.round(sum);
    return new Counter(sum).next();
  }

  void close();
  //   ^ definition method in Cart
}

mixin Logs on Base { void log(String text) { print(text); } }
//    ^ definition trait
//                        ^ definition method in Logs
enum Status { open, paid }
//   ^ definition enum
//            ^ definition enum_member in Status
//                  ^ definition enum_member in Status
extension Cents on int { int toCents() => this * 100; }
//        ^ definition class
//                           ^ definition method in Cents

void main(List<String> args) {
//   ^ definition function
  void nested() {}
  //   ^ definition function in main
  nested();
}
