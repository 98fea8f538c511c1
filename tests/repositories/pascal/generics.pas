unit Generics;
//   ^ definition module
interface
type
  TCart<T> = class
//^ definition class in Generics
    function Pick<U>(Item: U): T;
    //       ^ definition method in Generics.TCart
  end;
implementation
function TCart<T>.Pick<U>(Item: U): T;
//                ^ definition function in Generics of TCart
begin
end;
end.
