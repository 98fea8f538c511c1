classdef Cart < handle & shop.Priced
%        ^ definition class
%               ^ reference inherit
  properties (Access = private)
    Items
%   ^ definition property in Cart
    Limit = 10
%   ^ definition property in Cart
  end
  enumeration
    Open
%   ^ definition enum_member in Cart
    Paid
%   ^ definition enum_member in Cart
  end
  events
    Refused
%   ^ definition property in Cart
  end
  methods
    function cart = Cart(owner)
%                   ^ definition constructor in Cart
%                        ^ reference write
      cart.Items = owner;
    end
    function total = price(cart, rate)
%                    ^ definition method in Cart
      total = withTax(cart.Items, rate);
%             ^ reference call
    end
  end
end
