const std = @import("std");
//    ^ definition constant
//    ^ import std as std
const Item = @import("item.zig").Item;
//    ^ definition constant
//                               ^ import item.zig: Item as Item
//                               ^ reference read

pub const limit = 10;
//        ^ definition constant
var count: u32 = 0;
//  ^ definition variable

pub const Cart = struct {
//        ^ definition struct
    owner: []const u8,
    // <- definition field in Cart
    items: []Item = &.{},
    // <- definition field in Cart

    const step = 2;
    //    ^ definition constant in Cart

    pub fn price(self: *Cart, rate: u32) u32 {
    //     ^ definition method in Cart
    //           ^ reference write
        var sum: u32 = 0;
        for (self.items) |item| {
            sum += item.price(rate);
            //          ^ reference call
        }
        self.owner = "not_a_name";
        //            ^ nothing
        std.debug.print("{}", .{sum});
        return round(sum);
    }
};

const Status = enum { open, paid };
//    ^ definition enum
//                    ^ definition enum_member in Status
//                          ^ definition enum_member in Status
const Failure = error{Closed};
//    ^ definition enum
//                    ^ definition enum_member in Failure

fn round(value: u32) u32 {
// ^ definition function
    const local = value;
    return local;
}
