//! A cart.
use std::collections::HashMap;
//  ^ reference import
//                    ^ import std::collections: HashMap
use crate::{prices::{self, Rate as Tax, total}, shop::*};
//                   ^ import crate::prices
//                         ^ import crate::prices: Rate as Tax
//                                      ^ import crate::prices: total
//                                                    ^ import crate::shop: *
pub use super::money::Money;
//                    ^ import super::money: Money
mod stock;
//  ^ definition module
//  ^ import stock

const LIMIT: usize = 10;
//    ^ definition constant
static mut COUNT: u32 = 0;
//         ^ definition variable
type Lines = Vec<Item>;
//   ^ definition type
//           ^ reference type

/// Something to buy.
#[derive(Debug, Clone)]
//^ reference call
//       ^ reference read
pub struct Item { pub name: String, price: Money }
//         ^ definition struct
//                    ^ definition field in Item
//                                  ^ definition field in Item
pub struct Cents(u64);
//         ^ definition struct
pub enum Status { Open, Paid { cents: u64 }, Failed(String) }
//       ^ definition enum
//                ^ definition enum_member in Status
//                      ^ definition enum_member in Status
//                             ^ definition field in Status.Paid
//                                           ^ definition enum_member in Status

pub trait Priced: Named {
//        ^ definition trait
//                ^ reference inherit
    type Unit;
    //   ^ definition type in Priced
    const FREE: u64;
    //    ^ definition constant in Priced
    fn price(&self) -> Money;
    // ^ definition method in Priced
    fn label(&self) -> String { format!("{}", self.price()) }
    // ^ definition method in Priced
}

impl<T> Priced for Cart<T> where T: Named {
    type Unit = Money;
    //   ^ definition type of Cart
    const FREE: u64 = 0;
    //    ^ definition constant of Cart
    fn price(&self) -> Money { self.items.iter().map(|item| item.price).sum::<u64>() }
    // ^ definition method of Cart
    //                                                ^ reference write
}

impl Item {
    pub(crate) fn new(name: &str, (low, high): (u64, u64)) -> Self {
    //            ^ definition method of Item
        let mut price = total(low);
        price += high;
        fn inner() {}
        // ^ definition function in new
        if let Some(rate) = Tax::find(name) { price = rate; }
        Item { name: name.to_string(), price }
    }
}

macro_rules! item { ($name:expr) => { Item::new($name, (0, 1)) }; }
//           ^ definition macro

pub mod checkout {
//      ^ definition module
    pub fn pay(cart: &super::Item) -> HashMap<String, u64> { HashMap::new() }
    //     ^ definition function in checkout
}
