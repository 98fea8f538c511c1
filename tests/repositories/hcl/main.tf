variable "region" {
# <- reference read
#         ^ definition variable
  default = local.area
  # <- reference write
}

locals {
  area = lower("EU")
  # <- definition variable
  #      ^ reference call
}

resource "shop_cart" "main" {
#                     ^ definition section of shop_cart
  owner = var.region
}

module "prices" {
#       ^ definition module
  source = "./prices"
  #         ^ import ./prices
}
