Import-Module ShopCore
# <- reference call
#             ^ import ShopCore
. ./prices.ps1
# ^ import ./prices.ps1

$limit = 10
#^ definition variable

function Get-Total($cart, $rate) {
#        ^ definition function
#                   ^ reference write
    $sum = 0
    Write-Host "not_a_name"
    #           ^ nothing
    return $sum
    #       ^ reference read
}

class Cart : Base {
#     ^ definition class
#            ^ reference inherit
    [string]$Owner
    #^ reference type
    #        ^ definition field in Cart

    Cart([string]$owner) {
    # <- definition constructor in Cart
        $this.Owner = $owner
    }

    [int] Price([int]$rate) {
    #     ^ definition method in Cart
        return $this.Round($rate)
    }
}

enum Status {
#    ^ definition enum
    Open
    # <- definition enum_member in Status
    Paid = 2
    # <- definition enum_member in Status
}
