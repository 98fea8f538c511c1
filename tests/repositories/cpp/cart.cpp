#include <vector>
//       ^ import vector
#include "cart.hpp"
//       ^ import cart.hpp

namespace shop::checkout {
//        ^ definition namespace
//              ^ definition namespace

using Lines = std::vector<Item>;
//    ^ definition type in shop
//            ^ reference read
//                 ^ reference type
class Forward;

template <typename T, int N = 1>
//                        ^ reference write
class Cart : public Base<T>, private geo::Located {
//    ^ definition class in shop
//                  ^ reference inherit
public:
    explicit Cart(std::string owner) : owner_(owner) {}
    //       ^ definition constructor in shop.Cart
    Cart(const Cart &) = delete;
    // <- definition constructor in shop.Cart
    virtual ~Cart();
    //      ^ definition method in shop.Cart
    virtual int price(int rate) const = 0;
    //          ^ definition method in shop.Cart
    static int count;
    //         ^ definition field in shop.Cart
    int operator+(const Cart &other) const;
    //  ^ definition method in shop.Cart
    template <class U> void add(U &&item);
    //                      ^ definition method in shop.Cart
    enum class Status : int { Open, Paid };
    //         ^ definition enum in shop.Cart
    //                        ^ definition enum_member in shop.Cart.Status
    //                              ^ definition enum_member in shop.Cart.Status
    using Unit = int;
    //    ^ definition type in shop.Cart
private:
    std::string owner_;
    //          ^ definition field in shop.Cart
    int size_ = 0, *codes_;
    //  ^ definition field in shop.Cart
    //              ^ definition field in shop.Cart
};

struct Line { int cents; } line;
//     ^ definition struct in shop
//                ^ definition field in shop.Line
//                         ^ definition variable in shop
constexpr int limit = 10;
//            ^ definition variable in shop
int helper(int value);

template <typename T>
int Cart<T>::price(int rate) const {
//           ^ definition function in shop of Cart
    Line local{1};
    std::lock_guard<std::mutex> guard(mutex);
    auto show = [&](int cents) { return cents; };
    for (const auto &item : items_) { total += item.price(rate); }
    //                                              ^ reference call
    local.cents = shop::round<int>(limit);
    return new Counter<int>(show(rate))->next();
}

bool Line::operator==(const Line &other) const { return true; }
//         ^ definition function in shop of Line

}
