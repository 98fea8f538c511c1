#pragma once
namespace shop {
//        ^ definition namespace
class Cart {
//    ^ definition class in shop
    int size() const;
    //  ^ definition method in shop.Cart
};
}
