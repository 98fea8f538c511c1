module Shop.Unions
//     ^ definition module
type Line = | Item of int | Gift
//   ^ definition enum in Shop.Unions
//            ^ definition enum_member in Shop.Unions.Line
//                          ^ definition enum_member in Shop.Unions.Line
type Option<'T> =
//   ^ definition enum in Shop.Unions
    | Some of 'T
    //^ definition enum_member in Shop.Unions.Option
    | None
    //^ definition enum_member in Shop.Unions.Option
type Alias<'T> = list<'T>
//   ^ definition type in Shop.Unions
type Cart<'T>(first: 'T) =
//   ^ definition class in Shop.Unions
    [<DefaultValue>] val mutable total: int
    //                           ^ definition field in Shop.Unions.Cart
