{ pkgs, lib ? pkgs.lib, ... }@args:
# ^ reference write
#             ^ reference read
#                             ^ reference write
let
  currency = "EUR";
# ^ definition variable
  withTax = price: price * 120 / 100;
# ^ definition function
  shop.name = "cart";
# ^ definition variable
  "quoted" = import ./prices.nix { inherit pkgs; };
#  ^ definition variable
#                   ^ import ./prices.nix
  total = items: let sum = 0; in lib.foldl' add sum items;
# ^ definition function
in
{
  imports = [ ./cart.nix ../shop.nix ];
# ^ definition key
#             ^ import ./cart.nix in imports
#                        ^ import ../shop.nix in imports
  services.cart = {
# ^ definition key
    enable = lib.mkEnableOption "cart";
#   ^ definition key in services.cart
    build = pkgs.callPackage ./build.nix { };
#   ^ definition key in services.cart
#                ^ reference call
#                            ^ import ./build.nix in services.cart.build
  };
  inherit currency;
}
