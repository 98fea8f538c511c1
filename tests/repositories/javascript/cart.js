import defaults, { round as toCents, tax } from './prices.js';
//     ^ import ./prices.js: default as defaults
//     ^ reference import
//                 ^ import ./prices.js: round as toCents
//                                   ^ import ./prices.js: tax
import * as shop from 'shop';
//          ^ import shop as shop
import 'side-effect';
//      ^ import side-effect
export { refund } from './refund.js';
//       ^ import ./refund.js: refund
export * from './types.js';
//     ^ import ./types.js: *

const fs = require('fs');
//    ^ definition constant
//    ^ import fs as fs
//         ^ reference call
const { join, sep: slash } = require('path');
//      ^ definition constant
//      ^ import path: join
//            ^ import path: sep as slash
//            ^ reference read
//                 ^ definition constant

export const LIMIT = 10;
//           ^ definition constant
let count = 0, open;
//  ^ definition variable
//             ^ definition variable
const currency = { code: 'EUR', format(value) { return value; } };
//    ^ definition constant
//                 ^ definition property in currency
//                              ^ definition method in currency
//                                     ^ reference write
const [first, second] = [1, 2];
//     ^ definition constant
//            ^ definition constant

export class Cart extends shop.Base {
//           ^ definition class
//                             ^ reference inherit
  #items = [];
  // <- definition field in Cart
  static size = 0;
  //     ^ definition field in Cart

  constructor(owner, ...rest) {
  // <- definition constructor in Cart
    super();
    this.owner = owner;
    //   ^ definition field in Cart
    count += 1;
  }

  get total() { return this.#items.reduce((sum, item) => sum + item.price, 0); }
  //  ^ definition method in Cart

  async add(item, { quantity = 1 } = {}) {
  //    ^ definition method in Cart
    const local = await import('./stock.js');
    //    ^ import ./stock.js as local in Cart.add
    this.#items.push(item);
    return tax(toCents(local.take(item)));
  }
}

export function makeCart(owner) {
//              ^ definition function
  function inner() { return new Cart(owner, `text ${owner}`); }
  //       ^ definition function in makeCart
  return inner();
}

export const render = (cart) => cart.total;
//           ^ definition function
Cart.prototype.clear = function () { open = 'not_a_name'; };
//             ^ definition method of Cart
//                                           ^ nothing
exports.load = async function (path) { return fs.readFileSync(join(path, slash)); };
//      ^ definition function
module.exports = { LIMIT, save() {} };
//                        ^ definition method

for (const key of first) { defaults(key); }

function* walk(items) { yield* items; }
//        ^ definition function
