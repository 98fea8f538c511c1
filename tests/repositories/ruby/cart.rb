require 'json'
# <- reference call
#        ^ import json
require_relative '../lib/prices'
#                 ^ import ../lib/prices

module Shop
#      ^ definition module
  LIMIT = 10
  # <- definition constant in Shop

  class Cart < Shop::Base
  #     ^ definition class in Shop
  #            ^ reference read
  #                  ^ reference inherit
    include Comparable
    attr_reader :owner, :items
    #            ^ definition property in Shop.Cart
    #                    ^ definition property in Shop.Cart

    Line = Struct.new(:name, :cents) do
    # <- definition class in Shop.Cart
    #                  ^ definition property in Shop.Cart.Line
    #                         ^ definition property in Shop.Cart.Line
      def label; "#{name} not_a_name"; end
      #   ^ definition method in Shop.Cart.Line
      #                   ^ nothing
    end

    def initialize(owner, rate = 1, *items, currency: 'EUR', **options, &block)
    #   ^ definition constructor in Shop.Cart
    #              ^ reference write
      @owner = owner
      @items = items
      count = items.size
    end

    def self.load(path)
    #        ^ definition method in Shop.Cart
      JSON.parse(File.read(path)).map { |row| new(row) }
    end

    class << self
      def empty; new(nil); end
      #   ^ definition method in Shop.Cart
    end

    def total
    #   ^ definition method in Shop.Cart
      @items.sum { |item| item.price * LIMIT }
    rescue KeyError => error
      warn error
    end
    alias sum total
    #     ^ definition method in Shop.Cart

    private

    def <=>(other) = total <=> other.total
    #   ^ definition method in Shop.Cart
    def paid?; true; end
    #   ^ definition method in Shop.Cart
  end
end

class Shop::Receipt; end
#           ^ definition class of Shop

def main
#   ^ definition function
  Shop::Cart.load('x')
end
