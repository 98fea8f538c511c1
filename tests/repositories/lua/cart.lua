local json = require "cjson"
--    ^ definition variable
--    ^ import cjson as json
--           ^ reference call
require("shop.setup")
--       ^ import shop.setup

local Cart = {}
--    ^ definition variable
LIMIT = 10
-- <- definition variable

local function round(value, ...)
--             ^ definition function
--                   ^ reference write
  local cents = value
  --            ^ reference read
  return cents
end

function Cart.new(owner)
--            ^ definition function of Cart
  return setmetatable({ owner = owner }, Cart)
end

function Cart:price(rate)
--            ^ definition method of Cart
  self.total = rate
  for index, item in ipairs(self.items) do
    self.total = self.total + item:price(rate)
  end
  return round(self.total)
end

Cart.clear = function(self) self.items = {} end
--   ^ definition function of Cart
local show = function(text) print("not_a_name", text) end
--    ^ definition function
--                                 ^ nothing

return Cart
