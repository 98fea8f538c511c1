// What objects hold, at any depth, where they are somebody's value; an argument's keys are the callee's.
const settings = { cents: 2, shop: { name: "corner", open() {} }, lines: [{ label: 1 }] };
//    ^ definition constant
//                 ^ definition property in settings
//                           ^ definition property in settings
//                                   ^ definition property in settings.shop
//                                                   ^ definition method in settings.shop
//                                                                ^ definition property in settings
settings.rates = { full: 0.2 };
//                 ^ definition property of settings.rates
register({ colour: "red", nested: { size: 1 } });
function Cart() {}
//       ^ definition function
Cart.prototype = { total: function () {}, limit: 3 };
//                 ^ definition method of Cart
//                                        ^ definition property of Cart
Shop.Cart.open = function () {};
//        ^ definition function of Shop.Cart
exports.version = "1.0";
//      ^ definition property
exports.Cart = Cart;
exports.never = void 0;
export default { props: { line: 1 } };
//     ^ definition constant
//               ^ definition property in default
//                        ^ definition property in default.props

if (settings.cents) {
  let local = 1;
  const inner = () => local;
  //    ^ definition function
  var shared = 2;
  //  ^ definition variable
}
{
  const hidden = 1;
}
