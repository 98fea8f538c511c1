unit Cart;
//   ^ definition module

interface

uses SysUtils, Classes;
//   ^ import SysUtils in Cart
//             ^ import Classes in Cart

const
  Limit = 10;
  // <- definition constant in Cart

type
  TLater = class;
  TState = (csOpen, csPaid);
  // <- definition enum in Cart
//          ^ definition enum_member in Cart.TState
//                  ^ definition enum_member in Cart.TState
  IPriced = interface
  // <- definition interface in Cart
    function Price: Integer;
//           ^ definition method in Cart.IPriced
  end;
  TItem = record
  // <- definition struct in Cart
    Name: string;
//  ^ definition field in Cart.TItem
    Cents, Count: Integer;
//  ^ definition field in Cart.TItem
//         ^ definition field in Cart.TItem
  end;
  TCart = class(TObject, IPriced)
  // <- definition class in Cart
//              ^ reference inherit
  private
    FItems: TList;
//  ^ definition field in Cart.TCart
//          ^ reference type
  public
    constructor Create(AOwner: TObject);
//              ^ definition constructor in Cart.TCart
//                     ^ reference write
    function Price: Integer;
//           ^ definition method in Cart.TCart
    property Items: TList read FItems;
//           ^ definition property in Cart.TCart
  end;
  TCents = Integer;
  // <- definition type in Cart

var
  Carts, Paid: Integer;
  // <- definition variable in Cart
//       ^ definition variable in Cart

procedure Checkout(Cart: TCart);

implementation

constructor TCart.Create(AOwner: TObject);
//                ^ definition constructor in Cart of TCart
var
  Size: Integer;
  // <- reference write
begin
  Size := Limit;
//        ^ reference read
  FItems := TList.Create(Size);
end;

function TCart.Price: Integer;
//             ^ definition function in Cart of TCart
  function Doubled(X: Integer): Integer;
//         ^ definition function in Cart.Price
  begin
    Result := X * 2;
  end;
begin
  Result := Doubled(1);
end;

procedure Checkout(Cart: TCart);
//        ^ definition function in Cart
begin
  WriteLn(Cart.Price);
  // <- reference call
end;

end.
