"""A cart that adds up prices."""

from __future__ import annotations
#                      ^ import __future__: annotations
#                      ^ reference import

import json
#      ^ import json
import os.path as paths
#      ^ import os.path as paths
from collections.abc import Iterable, Iterator as Walk
#                           ^ import collections.abc: Iterable
#                                     ^ import collections.abc: Iterator as Walk
from typing import TYPE_CHECKING
#                  ^ import typing: TYPE_CHECKING

from . import prices
#             ^ import .: prices
from .prices import *
#                   ^ import .prices: *

if TYPE_CHECKING:
#  ^ reference read
    from .shop import Shop
    #                 ^ import .shop: Shop

try:
    import orjson
    #      ^ import orjson
except ImportError:
    orjson = None
    # <- definition variable

LIMIT: int = 10
# <- definition variable
#      ^ reference type
width, height = 3, 4
# <- definition variable
#      ^ definition variable
type Money = int
#    ^ definition type


class Item:
#     ^ definition class
    """Something to buy."""

    taxed = True
    # <- definition field in Item

    def __init__(self, name: str, price: Money = 0, *tags: str, shop: Shop | None = None) -> None:
    #   ^ definition constructor in Item
    #            ^ reference write
        self.name = name
        #    ^ definition field in Item
        self.price = price
        #    ^ definition field in Item
        self.price += LIMIT

    @property
    #^ reference call
    def label(self) -> str:
    #   ^ definition method in Item
        return f"{self.name} not_a_name: {prices.show(self.price)}"
        #                    ^ nothing


class Cart(Item, metaclass=type):
#     ^ definition class
#          ^ reference inherit
    @classmethod
    async def load(cls, path):
    #         ^ definition method in Cart
        def decode(text):
        #   ^ definition function in Cart.load
            data = json.loads(text)
            return [Item(**row) for row in data if (size := len(row))]

        with open(paths.join(path)) as handle:
            for line in handle:
                yield decode(line)

    def total(self, items: Iterable[Item]) -> Money:
    #   ^ definition method in Cart
        add = lambda left, right: left + right
        del add
        return sum(item.price for item in items)
