pragma solidity ^0.8.0;

import {Base, Rate as Tax} from "./Base.sol";
//      ^ import ./Base.sol: Base
//      ^ reference import
//            ^ import ./Base.sol: Rate as Tax
import "./Prices.sol";
//     ^ import ./Prices.sol

uint constant LIMIT = 10;
//            ^ definition constant

interface Priced { function price(uint rate) external returns (uint); }
//        ^ definition interface
//                          ^ definition method in Priced
//                                     ^ reference write

contract Cart is Base, Priced {
//       ^ definition class
//               ^ reference inherit
    address public owner;
    //             ^ definition field in Cart
    struct Line { uint cents; }
    //     ^ definition struct in Cart
    //                 ^ definition field in Cart.Line
    enum Status { Open, Paid }
    //   ^ definition enum in Cart
    //            ^ definition enum_member in Cart.Status
    //                  ^ definition enum_member in Cart.Status
    event Closed(address owner);
    //    ^ definition type in Cart
    //                   ^ reference read

    constructor(address first) Base(first) { owner = first; }
    // <- definition constructor in Cart
    //                         ^ reference call

    modifier onlyOwner() { _; }
    //       ^ definition method in Cart

    function price(uint rate) public onlyOwner returns (uint) {
    //       ^ definition method in Cart
        uint sum = round(rate);
        emit Closed(owner);
        return Math.max(sum, LIMIT);
    }
}
