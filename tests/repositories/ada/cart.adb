with Ada.Text_IO; use Ada.Text_IO;
--   ^ import Ada.Text_IO
--   ^ reference import
--       ^ reference import
--                    ^ import Ada.Text_IO: *
--                    ^ reference import
--                        ^ reference import
with Money;
--   ^ import Money
--   ^ reference import

package body Shop.Cart is
--                ^ definition namespace of Shop

   Limit : constant Integer := 10;
   -- <- definition constant in Cart
   --               ^ reference type
   Max_Lines : constant := 3;
   -- <- definition constant in Cart
   Count : Integer := 0;
   -- <- definition variable in Cart
   --      ^ reference type

   type State is (Idle, Busy);
   --   ^ definition enum in Cart
   --             ^ definition enum_member in Cart.State
   --                   ^ definition enum_member in Cart.State
   type Line (Size : Natural) is new Base with record
   --   ^ definition class in Cart
   --         ^ definition field in Cart.Line
   --                ^ reference type
   --                                ^ reference inherit
      Valid, Paid : Boolean;
      -- <- definition field in Cart.Line
      --     ^ definition field in Cart.Line
      --            ^ reference type
      Cents : Money.Amount;
      -- <- definition field in Cart.Line
      --            ^ reference type
   end record;
   type Point is record
   --   ^ definition struct in Cart
      X : Integer;
      -- <- definition field in Cart.Point
      --  ^ reference type
   end record;
   type Priced is interface;
   --   ^ definition interface in Cart
   type Later;
   type Line_Access is access all Line;
   --   ^ definition type in Cart
   --                             ^ reference type
   subtype Nibble is Integer range 0 .. 15;
   --      ^ definition type in Cart
   --                ^ reference type
   Closed : exception;
   -- <- definition type in Cart

   package Lists is new Generic_Lists (Line);
   --      ^ definition namespace in Cart
   --                   ^ reference call
   procedure Swap is new Generic_Swap (Integer);
   --        ^ definition function in Cart
   --                    ^ reference call
   procedure Put (Text : String) renames Put_Line;
   --        ^ definition function in Cart
   --             ^ reference write
   --                    ^ reference type
   function Twice (X : Integer) return Integer is (X * 2);
   --       ^ definition function in Cart
   --              ^ reference write
   --                  ^ reference type
   --                                  ^ reference type
   procedure Nothing is null;
   --        ^ definition function in Cart
   procedure Price (This : Priced) is abstract;
   --        ^ definition function in Cart
   --               ^ reference write
   --                      ^ reference type
   function Total (Rate : Integer) return Integer;
   --              ^ reference write
   --                     ^ reference type
   --                                     ^ reference type

   function Total (Rate : Integer) return Integer is
   --       ^ definition function in Cart
   --              ^ reference write
   --                     ^ reference type
   --                                     ^ reference type
      Sum : Integer := 0;
      -- <- reference write
      --    ^ reference type
      procedure Add is
      --        ^ definition function in Cart.Total
      begin
         Sum := Sum + Rate;
         -- <- reference write
      end Add;
   begin
      Add;
      -- <- reference call
      Put_Line ("total");
      -- <- reference call
      Kept.Cents := Twice (Sum);
      --   ^ reference write
      --            ^ reference call
      for I in 1 .. 3 loop
      --  ^ reference write
         null;
      end loop;
      return Maximum (Sum, Limit);
      --     ^ reference call
   exception
      when Problem : others =>
      --   ^ reference write
         raise Closed;
   end Total;

   function "+" (A, B : Point) return Point is
   --        ^ definition function in Cart
   --            ^ reference write
   --               ^ reference write
   --                   ^ reference type
   --                                 ^ reference type
   begin
      return A;
   end "+";

   protected Store is
   --        ^ definition class in Cart
      procedure Keep (Value : Integer);
      --              ^ reference write
      --                      ^ reference type
   private
      Kept_Value : Integer;
      -- <- definition field in Cart.Store
      --           ^ reference type
   end Store;

   protected body Store is
   --             ^ definition class in Cart
      procedure Keep (Value : Integer) is
      --        ^ definition method in Cart.Store
      --              ^ reference write
      --                      ^ reference type
      begin
         Kept_Value := Value;
         -- <- reference write
      end Keep;
   end Store;

   task type Worker is
   --        ^ definition class in Cart
      entry Go (Rate : Integer);
      --    ^ definition method in Cart.Worker
      --        ^ reference write
      --               ^ reference type
   end Worker;

   procedure Rest is separate;
end Shop.Cart;
