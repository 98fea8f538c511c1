#import <Foundation/Foundation.h>
//      ^ import Foundation/Foundation.h
#import "Prices.h"
//      ^ import Prices.h
@import ShopCore;
//      ^ import ShopCore
//      ^ reference import

#define LIMIT 10
//      ^ definition macro
static int count = 0;
//         ^ definition variable

@protocol Priced <Named>
//        ^ definition interface
//                ^ reference inherit
- (int)priceAt:(int)rate;
//     ^ definition method in Priced
//                  ^ reference write
@end

@interface Cart : Base <Priced> {
//         ^ definition class
    int _size;
    //  ^ definition field in Cart
}
@property (nonatomic, copy) NSString *owner;
//         ^ reference read
//                          ^ reference type
//                                    ^ definition property in Cart
+ (instancetype)empty;
//              ^ definition method in Cart
@end

@implementation Cart
//              ^ definition class
+ (instancetype)empty { return [[self alloc] init]; }
//              ^ definition method in Cart
//                                    ^ reference call
- (int)priceAt:(int)rate {
//     ^ definition method in Cart
    int sum = 0;
    self.owner = @"not_a_name";
    //             ^ nothing
    return round_up([self.items sumWith:rate]);
}
@end

int total(Cart *cart) { return LIMIT; }
//  ^ definition function
