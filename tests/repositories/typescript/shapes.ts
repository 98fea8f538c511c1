// A type that only describes a parameter, a bound or a value that is there defines nothing to look up.
interface Cart<T extends { key: string }> {
//        ^ definition interface
  nested: { cents: number };
//^ definition property in Cart
  //        ^ definition property in Cart.nested
  each: (line: { label: string }) => void;
//^ definition property in Cart
  add(line: { price: number }): void;
//^ definition method in Cart
}
const cart: { cents: number } = { cents: 1 };
//    ^ definition constant
//                                ^ definition property in cart
declare const prices: { full: number };
//            ^ definition constant
//                      ^ definition property in prices
const table = { first: { second: 1 } } as const;
//    ^ definition constant
//              ^ definition property in table
//                       ^ definition property in table.first
const checked = { third: 1 } as const satisfies object;
//    ^ definition constant
//                ^ definition property in checked
type Item<T> = T extends { item: infer U } ? { got: U } : never;
//   ^ definition type
