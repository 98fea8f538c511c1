import type { Money } from './money';
//            ^ import ./money: Money
//            ^ reference import
import Shop, { type Address as Place } from "./shop";
//     ^ import ./shop: default as Shop
//                  ^ import ./shop: Address as Place
import fs = require("fs");
//     ^ import fs as fs

export type Rate = { percent: number; apply(value: Money): Money };
//          ^ definition type
//                   ^ definition property in Rate
//                                    ^ definition method in Rate
//                                          ^ reference write
//                                                 ^ reference type
export enum Status { Open, Paid = 2 }
//          ^ definition enum
//                   ^ definition enum_member in Status
//                         ^ definition enum_member in Status

export interface Priced extends Named, Taxed<Money> {
//               ^ definition interface
//                              ^ reference inherit
  readonly price: Money;
  //       ^ definition property in Priced
  discount?(rate: Rate): Money;
  // <- definition method in Priced
}

declare function log(text: string): void;
//               ^ definition function
declare module "legacy" {
//              ^ definition module
  export const version: string;
  //           ^ definition constant in legacy
}
export namespace Shops {
//               ^ definition namespace
  export const all: Shop[] = [];
  //           ^ definition constant in Shops
}

@sealed()
 // <- reference call
export abstract class Cart<T extends Priced> extends Base<T> implements Priced, geo.Located {
//                    ^ definition class
//                                                                              ^ reference read
  private items: T[] = [];
  //      ^ definition field in Cart
  static readonly limit = 10;
  //              ^ definition field in Cart

  constructor(private readonly owner: string, protected place?: Place) {
  // <- definition constructor in Cart
  //                           ^ definition field in Cart
  //                                                    ^ definition field in Cart
    super();
  }

  get price(): Money { return this.items.length as Money; }
  //  ^ definition method in Cart

  abstract close(): Status;
  //       ^ definition method in Cart

  @logged
  add(item: T, ...more: T[]): this {
  // <- definition method in Cart
    const count: number = more.length;
    return this;
  }
}

export function total(carts: Cart<Priced>[]): Money;
//              ^ definition function
export function total(carts: any): Money {
//              ^ definition function
  return new Map<string, Money>().get(`${carts}`) ?? carts!.price;
}
export const empty = (cart: Cart<Priced>): boolean => cart.price === 0;
//           ^ definition function
let opened: Status | undefined;
//  ^ definition variable
