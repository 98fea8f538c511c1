"""What each name in PHP leads to. The marks are described in `pointed.py`."""

from tests.conftest import MakeRepository
from tests.index.pointed import check


def test_variables(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.php": """\
<?php
$⟦top:total⟧ = 1;

function sum(int $⟦first⟧, int ...$⟦rest⟧) {
    $⟦total⟧ = $⟪first⟫;
    foreach ($⟪rest⟫ as $⟦key⟧ => $⟦each⟧) {
        $⟪total⟫ += $⟪each⟫ + $⟪key⟫;
    }
    $add = function (int $⟦x⟧) use ($⟦taken:total⟧) { return $⟪x⟫ + $⟪taken:total⟫; };
    $twice = fn(int $⟦y⟧) => $⟪y⟫ * $⟪total⟫;
    try {
        work();
    } catch (Exception $⟦e⟧) {
        throw $⟪e⟫;
    }
    return $⟪total⟫;
}

echo $⟪top:total⟫;
""",
        },
    )


def test_namespaces_and_members(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/Shop/Base.php": """\
<?php
namespace Acme\\Shop;

abstract class ⟦Base⟧
{
    protected int $⟦limit⟧ = 1;
    public function ⟦base-cost:cost⟧(): int { return $this->⟪limit⟫; }
    public static function ⟦make⟧(): static { return new static(); }
    abstract function ⟦again⟧(): ?⟪Card⟫;
}

trait ⟦Named⟧
{
    public function ⟦name⟧(): string { return 'x'; }
}

function ⟦helper⟧(): ⟪Card⟫ { return new ⟪Card⟫(null); }
""",
            "src/Shop/Card.php": """\
<?php
namespace Acme\\Shop;

final class ⟦Card⟧ extends ⟪Base⟫
{
    use ⟪Named⟫;

    const ⟦MOST⟧ = 3;
    private static ?⟪Card⟫ $⟦last⟧ = null;
    public ?⟪Card⟫ $⟦cost-field:cost⟧;

    public function __construct(private ?⟪Card⟫ $⟦next⟧) { self::$⟪last⟫ = $this; }

    public function ⟦card-cost:cost⟧(): int
    {
        return parent::⟪base-cost:cost⟫() + self::⟪MOST⟫ + $this->⟪next⟫->⟪card-cost:cost⟫()
            + $this->⟪cost-field:cost⟫->⟪limit⟫ + static::$⟪last⟫->⟪card-cost:cost⟫();
    }

    public function again(): ?self { return $this; }
}

enum ⟦Suit⟧: string { case ⟦Hearts⟧ = 'h'; }
""",
            "src/App/Use.php": """\
<?php
namespace Acme\\App;

use Acme\\Shop\\⟪Card⟫;
use Acme\\Shop\\{⟪Base⟫, ⟪Suit⟫ as Colour};
use function Acme\\Shop\\⟪helper⟫;

class Use_
{
    public function run(⟪Card⟫ $card, ?⟪Base⟫ $base)
    {
        $made = new ⟪Card⟫(null);
        $made->⟪card-cost:cost⟫();
        $card->⟪name⟫();
        $base->⟪again⟫()->⟪card-cost:cost⟫();
        ⟪helper⟫()->⟪name⟫();
        ⟪Card⟫::⟪MOST⟫;
        ⟪Suit:Colour⟫::⟪Hearts⟫;
        \\Acme\\Shop\\⟪Card⟫::⟪make⟫();
        (new ⟪Card⟫($made))->⟪name⟫();
        if ($base instanceof ⟪Card⟫) { $base?->⟪card-cost:cost⟫(); }
        $unknown = ⟪-:strlen⟫('x');
    }
}
""",
        },
    )


def test_types_of_doc_comments_and_of_conditions(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/Stock.php": """\
<?php
namespace Acme;

class ⟦Box⟧ { public function ⟦box-size:size⟧() {} }
class ⟦Jar⟧ { public function ⟦jar-size:size⟧() {} }

class ⟦Stock⟧
{
    /** @var Box[] the boxes */
    private array $⟦boxes⟧ = [];
    /** @var array<string, \\Acme\\Jar> */
    private $⟦jars⟧;

    /**
     * @param Jar|null $jar  what to look at
     * @return Box
     */
    public function ⟦first⟧($⟦jar⟧, $⟦any⟧)
    {
        $⟪jar⟫->⟪jar-size:size⟫();
        $⟪any⟫->size();
        foreach ($this->⟪boxes⟫ as $⟦box⟧) { $⟪box⟫->⟪box-size:size⟫(); }
        $this->⟪jars⟫['x']->⟪jar-size:size⟫();
        /** @var Box $made */
        $⟦made⟧ = make();
        $⟪made⟫->⟪box-size:size⟫();
        if ($⟪any⟫ instanceof ⟪Jar⟫ && $⟪any⟫->⟪jar-size:size⟫()) { $⟪any⟫->⟪jar-size:size⟫(); }
        return $this->⟪first⟫(⟪jar⟫: null, ⟪any⟫: 1)->⟪box-size:size⟫();
    }
}
""",
        },
    )
