defmodule Shop.Cart do
# <- reference call
#         ^ definition module
  @moduledoc "A cart."
  use GenServer
  #   ^ import GenServer in Shop.Cart
  #   ^ reference read
  alias Shop.Prices
  #     ^ import Shop.Prices in Shop.Cart
  alias Shop.{Item, Money}
  #           ^ import Shop.Item in Shop.Cart
  #                 ^ import Shop.Money in Shop.Cart
  alias Shop.Taxes, as: Tax
  #     ^ import Shop.Taxes as Tax in Shop.Cart
  import Enum, only: [sum: 1]
  #      ^ import Enum: * in Shop.Cart
  require Logger
  #       ^ import Logger in Shop.Cart

  @type t :: %Item{}
  #     ^ definition type in Shop.Cart
  @callback price(t, integer) :: integer
  #         ^ definition function in Shop.Cart

  def new(owner, items \\ []) do
  #   ^ definition function in Shop.Cart
  #       ^ reference write
    total = sum(items)
    Logger.info("not_a_name #{owner}")
    #            ^ nothing
    Prices.round(total) |> Tax.add()
  end

  def empty, do: new(nil)
  #   ^ definition function in Shop.Cart
  defp size(%{items: items}) when is_list(items), do: length(items)
  #    ^ definition function in Shop.Cart
  defmacro cart(name), do: quote(do: new(unquote(name)))
  #        ^ definition macro in Shop.Cart
  defguard is_paid(status) when status == 1
  #        ^ definition function in Shop.Cart
end

defprotocol Shop.Priced do
#           ^ definition module
  def price(item)
  #   ^ definition function in Shop.Priced
end

defimpl Shop.Priced, for: Shop.Item do
  def price(item), do: item.cents
  #   ^ definition method of Shop.Priced
end
