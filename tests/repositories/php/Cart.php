<?php
namespace Acme\Shop;
//        ^ definition namespace
//             ^ reference read

use Acme\Money;
//  ^ reference import
//       ^ import Acme: Money
use Acme\Prices\{Rate as Tax, Table};
//               ^ import Acme\Prices: Rate as Tax
//                            ^ import Acme\Prices: Table
use function Acme\round_up;
//                ^ import Acme: round_up
require_once __DIR__ . '/helpers.php';
//                      ^ import /helpers.php

const LIMIT = 10;
//    ^ definition constant
define('DEBUG', false);
// <- reference call
//      ^ definition constant
$count = 0;
 // <- definition variable

interface Priced extends Named { const FREE = 0; public function price(int $rate): Money; }
//        ^ definition interface
//                       ^ reference inherit
//                                     ^ definition constant in Priced
//                                                               ^ definition method in Priced
//                                                                          ^ reference write
//                                                                                 ^ reference type
trait Logs { protected static $log = []; }
//    ^ definition trait
//                             ^ definition field in Logs
enum Status: string { case Open = 'open'; case Paid = 'paid'; }
//   ^ definition enum
//                         ^ definition enum_member in Status
//                                             ^ definition enum_member in Status

#[Entity]
abstract class Cart extends Base implements Priced, \Countable
//             ^ definition class
{
    use Logs;
    private ?string $owner, $note;
    //               ^ definition field in Cart
    //                       ^ definition field in Cart
    public const STEP = 2;
    //           ^ definition constant in Cart

    public function __construct(private array $items, string ...$rest) { $this->owner = $rest[0]; }
    //              ^ definition constructor in Cart
    //                                         ^ definition field in Cart

    public function price(int $rate): Money
    //              ^ definition method in Cart
    {
        $sum = 0;
        foreach ($this->items as $key => $item) { $sum += $item->price($rate); }
        $show = fn($cents) => $cents;
        return new Money(round_up(self::STEP), Table::find($sum), "not_a_name $sum");
        //                                                         ^ nothing
    }

    abstract protected function close(): void;
    //                          ^ definition method in Cart
}

function total(Cart $cart, &$log): int { return $cart instanceof Priced ? LIMIT : 0; }
//       ^ definition function
