"""What each name in C# leads to. The marks are described in `pointed.py`."""

from tests.conftest import MakeRepository
from tests.index.pointed import check


def test_local_names(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "A.cs": """\
class A<⟦T⟧> where ⟪T⟫ : class
{
    int ⟦field:count⟧ = 1;

    int Sum(int ⟦first⟧, ⟪T⟫ ⟦second⟧ = null)
    {
        var ⟦total⟧ = ⟪first⟫;
        for (int ⟦i⟧ = 0; ⟪i⟫ < 3; ⟪i⟫++) { ⟪total⟫ += ⟪i⟫; }
        foreach (var ⟦each⟧ in new[] { 1 }) { ⟪total⟫ += ⟪each⟫; }
        try { Use(⟪second⟫); } catch (System.Exception ⟦e⟧) { Use(⟪e⟫); }
        System.Func<int, int> ⟦twice⟧ = ⟦x⟧ => ⟪x⟫ * ⟪field:count⟫;
        System.Func<int, int, int> plus = (⟦l⟧, ⟦r⟧) => ⟪l⟫ + ⟪r⟫;
        if (⟪second⟫ is string ⟦text⟧) { Use(⟪text⟫); }
        int ⟦Local⟧(int ⟦j⟧) => ⟪j⟫ + ⟪total⟫;
        return ⟪Local⟫(⟪twice⟫(1));
    }
}
""",
        },
    )


def test_members_and_namespaces(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Shop/Base.cs": """\
namespace Acme.Shop;

public abstract class ⟦Base⟧
{
    protected int ⟦limit⟧;
    public virtual int ⟦base-cost:Cost⟧() => ⟪limit⟫;
    public static int ⟦Most⟧ { get; } = 3;
}

public enum ⟦Suit⟧ { ⟦Hearts⟧, Spades }
""",
            "Shop/Card.cs": """\
namespace Acme.Shop;

public partial class ⟦Card⟧ : ⟪Base⟫
{
    public ⟪Card|Data:Card⟫ ⟦Next⟧ { get; set; }

    public Card(int number) { this.⟪Number⟫ = number; ⟪limit⟫ = ⟪Most⟫; }

    public override int ⟦card-cost:Cost⟧() => base.⟪base-cost:Cost⟫() + ⟪Next⟫.⟪card-cost:Cost⟫();
}
""",
            "Shop/Card.Data.cs": """\
namespace Acme.Shop
{
    public partial class ⟦Data:Card⟧
    {
        public int ⟦Number⟧;

        public static Card ⟦Make⟧(int n) => new Card(n) { ⟪Number⟫ = n, ⟪Next⟫ = null };
    }

    public static class Extensions
    {
        public static int ⟦Twice⟧(this Card card) => card.⟪Number⟫ * 2;
    }
}
""",
            "App/Use.cs": """\
using System.Collections.Generic;
using Acme.Shop;
using Paper = Acme.Shop.⟪Card|Data:Card⟫;
using static Acme.Shop.⟪Card|Data:Card⟫;

namespace Acme.App
{
    class Use
    {
        private readonly List<⟪Card|Data:Card⟫> ⟦cards⟧ = new();
        private ⟪Card|Data:Card⟫[] array;

        int Run(⟪Card|Data:Paper⟫ given, ⟪Base⟫ basic)
        {
            var made = ⟪Card|Data:Card⟫.⟪Make⟫(1);
            var other = new Acme.Shop.⟪Card|Data:Card⟫(2);
            foreach (var card in ⟪cards⟫) { card.⟪Number⟫++; }
            ⟪Make⟫(3).⟪Next⟫.⟪Number⟫++;
            return made.⟪Next⟫.⟪card-cost:Cost⟫() + other.⟪Number⟫ + given.⟪Number⟫
                + basic.⟪base-cost:Cost⟫()
                + ⟪cards⟫[0].⟪card-cost:Cost⟫() + array[1].⟪Number⟫
                + made?.⟪Number⟫ + ((⟪Card|Data:Card⟫)basic).⟪Number⟫
                + ⟪Card|Data:Card⟫.⟪Most⟫ + (int)⟪Suit⟫.⟪Hearts⟫ + made.⟪Twice⟫();
        }
    }
}
""",
        },
    )


def test_overloads_interfaces_and_records(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "A.cs": """\
interface ⟦IPayer⟧ { int ⟦Pay⟧(int amount); }

record ⟦Receipt⟧(int ⟦Total⟧, string Text);

class ⟦Outer⟧
{
    public class ⟦Inner⟧ { public Receipt ⟦Last⟧; }

    void ⟦one:Put⟧(int a) {}
    void ⟦two:Put⟧(int a, int b) {}

    void Use(⟪IPayer⟫ payer, ⟪Outer⟫.⟪Inner⟫ inner)
    {
        payer.⟪Pay⟫(1);
        ⟪one:Put⟫(1);
        this.⟪two:Put⟫(1, 2);
        inner.⟪Last⟫.⟪Total⟫.ToString();
        new ⟪Inner⟫().⟪Last⟫ = new ⟪Receipt⟫(1, "x");
    }
}
""",
        },
    )


def test_type_parameters(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Shelf.cs": """\
namespace Acme
{
    public class ⟦Thing⟧ { public int ⟦Weight⟧; }
    public class ⟦Jar⟧ : ⟪Thing⟫ { public int ⟦JarSize:Size⟧; }
    public class ⟦Box⟧ : ⟪Thing⟫ { public int ⟦BoxSize:Size⟧; }

    public class ⟦Shelf⟧<⟦T⟧> where T : ⟪Thing⟫
    {
        private readonly Dictionary<int, ⟪T⟫> ⟦things⟧;
        public ⟪T⟫ ⟦Get⟧(int ⟦at⟧) { ⟪things⟫[⟪at⟫].⟪Weight⟫ = 1; return ⟪things⟫[⟪at⟫]; }
    }
    public class ⟦Cellar⟧ : ⟪Shelf⟫<⟪Jar⟫> { }
    public static class ⟦Tools⟧
    {
        public static ⟪V⟫ ⟦Same⟧<⟦V⟧>(⟪V⟫ ⟦v⟧) => ⟪v⟫;
    }
    public class ⟦Use⟧
    {
        public void ⟦Go⟧(⟪Shelf⟫<⟪Box⟫> ⟦boxes⟧, ⟪Cellar⟫ ⟦cellar⟧)
        {
            ⟪boxes⟫.⟪Get⟫(1).⟪BoxSize:Size⟫ = 1;
            ⟪cellar⟫.⟪Get⟫(1).⟪JarSize:Size⟫ = 1;
            ⟪Tools⟫.⟪Same⟫(⟪cellar⟫).⟪Get⟫(1).⟪JarSize:Size⟫ = 1;
        }
    }
}
""",
        },
    )


def test_a_property_called_like_its_type(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Shop.cs": """\
public enum ⟦Color-type:Color⟧ { ⟦Red⟧ }
public class ⟦Shop⟧
{
    public ⟪Color-type:Color⟫ ⟦Color⟧ { get; set; }
    public List<⟪Color-type:Color⟫> ⟦All⟧;
    public void ⟦Paint⟧(⟪Color-type:Color⟫ ⟦other⟧) { ⟪Color⟫ = ⟪other⟫; }
}
""",
        },
    )


def test_collections_and_what_is_awaited(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Shelf.cs": """\
public class ⟦Jar⟧ { public int ⟦JarSize:Size⟧; public ⟪Jar⟫ ⟦Inner⟧; }
public class ⟦Box⟧ { public int ⟦BoxSize:Size⟧; }
public record ⟦Point⟧(int ⟦X⟧);
public interface ⟦IMap⟧ { ⟪T⟫ ⟦Map⟧<⟦T⟧>(object source); }
public static class ⟦Words⟧ { public static bool ⟦Blank⟧(this string ⟦text⟧) => true; }
public class ⟦Use⟧
{
    public async Task<⟪Jar⟫> ⟦Load⟧() => null;
    public async Task ⟦Go⟧(List<⟪Jar⟫> ⟦jars⟧, IEnumerable<⟪Box⟫> ⟦boxes⟧, object ⟦any⟧, ⟪IMap⟫ ⟦map⟧, ⟪Point⟫ ⟦at⟧)
    {
        ⟪jars⟫.Where(⟦jar⟧ => ⟪jar⟫.⟪JarSize:Size⟫ > 1).First().⟪JarSize:Size⟫ = 1;
        ⟪boxes⟫.Select(⟦box⟧ => ⟪box⟫.⟪BoxSize:Size⟫);
        var ⟦loaded⟧ = await ⟪Load⟫();
        ⟪loaded⟫.⟪JarSize:Size⟫ = 2;
        var ⟦sizes⟧ = from ⟦row⟧ in ⟪boxes⟫ select ⟪row⟫.⟪BoxSize:Size⟫;
        if (⟪any⟫ is ⟪Jar⟫ { ⟪JarSize:Size⟫: 3, ⟪Inner⟫: { ⟪JarSize:Size⟫: 4 } } ⟦found⟧) ⟪found⟫.⟪JarSize:Size⟫ = 3;
        ⟪map⟫.⟪Map⟫<⟪Box⟫>(⟪any⟫).⟪BoxSize:Size⟫ = 4;
        var ⟦moved⟧ = ⟪at⟫ with { ⟪X⟫ = 5 };
        ⟪moved⟫.⟪X⟫.ToString();
        "text".⟪Blank⟫();
    }
}
""",
        },
    )
