using System;
//    ^ import System: *
//    ^ reference import
using System.Collections.Generic;
//    ^ import System.Collections.Generic: *
using static System.Math;
//           ^ import System.Math: *
using Lines = System.Collections.Generic.List<string>;
//            ^ import System.Collections.Generic.List<string> as Lines

namespace Acme.Shop
//        ^ definition namespace
//             ^ reference read
{
    public interface IPriced : INamed { int Price(int rate); string Unit { get; } }
    //               ^ definition interface in Acme.Shop
    //                         ^ reference inherit
    //                                      ^ definition method in Acme.Shop.IPriced
    //                                                ^ reference write
    //                                                              ^ definition property in Acme.Shop.IPriced
    public enum Status : byte { Open, Paid = 2 }
    //          ^ definition enum in Acme.Shop
    //                          ^ definition enum_member in Acme.Shop.Status
    //                                ^ definition enum_member in Acme.Shop.Status
    public delegate int Discount(int cents);
    //                  ^ definition type in Acme.Shop
    public record Line(string Name, int Cents);
    //            ^ definition class in Acme.Shop
    //                        ^ definition property in Acme.Shop.Line
    //                                  ^ definition property in Acme.Shop.Line
    public struct Point { public int X, Y; }
    //            ^ definition struct in Acme.Shop
    //                               ^ definition field in Acme.Shop.Point
    //                                  ^ definition field in Acme.Shop.Point

    [Entity("cart")]
   //^ reference call
    public abstract class Cart<T> : Base<T>, IPriced where T : Item
    //                    ^ definition class in Acme.Shop
    //                         ^ reference type
    {
        private const int Limit = 10;
        //                ^ definition field in Acme.Shop.Cart
        private readonly List<T> items = new();
        //                       ^ definition field in Acme.Shop.Cart
        public string Owner { get; set; } = "not_a_name";
        //            ^ definition property in Acme.Shop.Cart
        //                                   ^ nothing
        public int Count => items.Count;
        //         ^ definition property in Acme.Shop.Cart
        public event Action Closed;
        //                  ^ definition property in Acme.Shop.Cart

        public Cart(string owner, params T[] rest) : base(owner) { this.Owner = owner; }
        //     ^ definition constructor in Acme.Shop.Cart

        public int Price(int rate)
        //         ^ definition method in Acme.Shop.Cart
        {
            var sum = 0;
            foreach (var item in items) { sum += item.Price(rate); }
            int Twice(int value) => value * 2;
            //  ^ definition function in Acme.Shop.Cart.Price
            return Max(Twice(sum), new Counter<int>(Limit).Next());
        }

        protected abstract void Close();
        //                      ^ definition method in Acme.Shop.Cart
    }
}
