module Families where
--     ^ definition module
data family Row a
--          ^ definition type
data instance Row Int = IntRow
--                      ^ definition enum_member
newtype instance Row Bool = BoolRow Int
--                          ^ definition enum_member
