module Shop.Cart (Cart, price) where
{-     ^ definition module -}
{-                ^ reference import -}

import Data.List
{-     ^ import Data.List: * -}
import qualified Data.Map as Map
{-               ^ import Data.Map as Map -}
import Shop.Prices (Rate, total)
{-                  ^ import Shop.Prices: Rate -}
{-                        ^ import Shop.Prices: total -}
import Shop.Money hiding (zero)
{-                ^ import Shop.Money: * -}

data Cart a = Empty | Cart { owner :: String, items :: [a] } deriving (Show, Eq)
{-   ^ definition type -}
{-        ^ reference read -}
{-            ^ definition enum_member in Cart -}
{-                    ^ definition enum_member in Cart -}
{-                           ^ definition field in Cart.Cart -}
{-                                    ^ reference type -}
{-                                            ^ definition field in Cart.Cart -}
{-                                                                     ^ reference inherit -}
newtype Cents = Cents { cents :: Int }
{-      ^ definition type -}
{-              ^ definition enum_member in Cents -}
{-                      ^ definition field in Cents.Cents -}
type Lines = [Cents]
{-   ^ definition type -}

class Named a => Priced a where
{-               ^ definition trait -}
  price :: a -> Int
  {- <- definition method in Priced -}
  price _ = 0

instance Priced Cents where
  price (Cents value) = value
  {- <- definition method of Priced -}
  {-     ^ reference call -}
  {-           ^ reference write -}

limit :: Int
limit = 10
{- <- definition variable -}

sumUp :: [Cents] -> Int
sumUp [] = 0
{- <- definition function -}
sumUp (first : rest) = let local = price first in add local (sumUp rest)
  where add left right = left + right
  {-    ^ reference write -}

lookupRate :: Map.Map String Rate -> Maybe Rate
lookupRate rates = Map.lookup "not_a_name" rates
{- <- definition function -}
{-                             ^ nothing -}
