import shop.pay.card

shop.pay.card.charge()  # -> shop.pay.card:charge
