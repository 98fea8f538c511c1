package com.acme.shop;
//      ^ definition module
//          ^ reference import

import java.util.List;
//               ^ import java.util: List
import java.util.function.*;
//                        ^ import java.util.function: *
import static java.lang.Math.max;
//                           ^ import java.lang.Math: max

@Entity(name = "cart")
 // <- reference call
//      ^ reference read
public abstract class Cart<T extends Item> extends Base<T> implements Priced, geo.Located {
//                    ^ definition class
//                         ^ reference type
//                                                 ^ reference inherit
    private static final int LIMIT = 10, STEP = 2;
    //                       ^ definition field in Cart
    //                                   ^ definition field in Cart
    protected List<T> items;
    //                ^ definition field in Cart

    @Inject
    public Cart(String owner, final T... items) throws ShopException {
    //     ^ definition constructor in Cart
    //                 ^ reference write
        super(owner);
        this.items = List.of(items);
    }

    static { int local = LIMIT; }

    @Override
    public int price(Function<T, Integer> rate) {
    //         ^ definition method in Cart
        int sum = 0;
        for (T item : items) { sum += rate.apply(item); }
        Runnable show = () -> System.out.println("not_a_name");
        //                                        ^ nothing
        return max(sum, new Counter<Integer>(STEP).next());
    }

    abstract void close();
    //            ^ definition method in Cart

    enum Status { OPEN, PAID(2) { int code() { return 2; } }; int code() { return 1; } }
    //   ^ definition enum in Cart
    //            ^ definition enum_member in Cart.Status
    //                  ^ definition enum_member in Cart.Status
    //                                ^ definition method in Cart.Status.PAID
    //                                                            ^ definition method in Cart.Status
    interface Priced { int FREE = 0; int price(); }
    //        ^ definition interface in Cart
    //                     ^ definition constant in Cart.Priced
    //                                   ^ definition method in Cart.Priced
    record Line(String name, int cents) { Line { } }
    //     ^ definition class in Cart
    //                 ^ definition field in Cart.Line
    //                           ^ definition field in Cart.Line
    //                                    ^ definition constructor in Cart.Line
    @interface Entity { String name() default ""; }
    //         ^ definition interface in Cart
    //                         ^ definition method in Cart.Entity
}
