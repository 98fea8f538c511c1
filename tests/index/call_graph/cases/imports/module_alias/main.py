import shop.pay as p
from shop import pay

p.charge()  # -> shop.pay:charge
pay.charge()  # -> shop.pay:charge
