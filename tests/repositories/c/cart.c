#include <stdio.h>
//       ^ import stdio.h
#include "shop/cart.h"
//       ^ import shop/cart.h

#define LIMIT 10
//      ^ definition macro
#define MAX(a, b) ((a) > (b) ? (a) : (b))
//      ^ definition macro
//          ^ reference write

struct shop;
//     ^ reference type
extern int shop_count;
//         ^ reference read
int cart_total(const struct cart *cart);

typedef struct item {
//             ^ definition struct
    char *name;
    //    ^ definition field in item
    int price, codes[4];
    //  ^ definition field in item
    //         ^ definition field in item
    unsigned taxed : 1;
    //       ^ definition field in item
    int (*discount)(int rate);
    //    ^ definition field in item
} item_t, *item_ref;
//^ definition type
//         ^ definition type

enum status { OPEN, PAID = 2 };
//   ^ definition enum
//            ^ definition enum_member in status
//                  ^ definition enum_member in status
union value { int cents; float rate; };
//    ^ definition struct
//                ^ definition field in value
//                             ^ definition field in value
typedef int (*compare)(const item_t *left, const item_t *right);
//            ^ definition type

static const int step = 2, *steps;
//               ^ definition variable
//                          ^ definition variable
struct { int x; } origin;
//           ^ definition field in origin
//                ^ definition variable

static int *find(struct cart *cart, const char *name, ...) {
//          ^ definition function
    int index = 0;
    item_t local = { .price = 1 };
    index += LIMIT;
    cart->items[index].price = MAX(local.price, step);
    //                         ^ reference call
    printf("not_a_name %d", (item_t *)cart->discount(index));
    //      ^ nothing
    return &cart->items[0].price;
}

#ifdef DEBUG
void dump(void) {}
//   ^ definition function
#endif
