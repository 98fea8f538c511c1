"""What each name in Java leads to. The marks are described in `pointed.py`."""

from tests.conftest import MakeRepository
from tests.index.pointed import check


def test_local_names(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "A.java": """\
class A {
    int ⟦field:count⟧;

    int sum(int ⟦first⟧, final int... ⟦rest⟧) {
        int ⟦total⟧ = ⟪first⟫, ⟦next⟧ = ⟪total⟫;
        for (int ⟦i⟧ = 0; ⟪i⟫ < ⟪rest⟫.length; ⟪i⟫++) {
            int ⟦inner:value⟧ = ⟪rest⟫[⟪i⟫];
            ⟪total⟫ += ⟪inner:value⟫;
        }
        for (int ⟦each⟧ : ⟪rest⟫) {
            ⟪total⟫ -= ⟪each⟫;
        }
        int ⟦later:value⟧ = ⟪next⟫;
        ⟪field:count⟫ = ⟪later:value⟫;
        int ⟦count⟧ = this.⟪field:count⟫;
        return ⟪count⟫ + this.⟪field:count⟫;
    }

    void resources() throws Exception {
        try (AutoCloseable ⟦opened⟧ = open(); AutoCloseable ⟦second⟧ = wrap(⟪opened⟫)) {
            ⟪second⟫.close();
        } catch (IllegalStateException | IllegalArgumentException ⟦caught:e⟧) {
            throw ⟪caught:e⟫;
        } catch (RuntimeException ⟦other:e⟧) {
            throw ⟪other:e⟫;
        }
    }

    void jumps() {
        ⟦outer⟧:
        for (;;) {
            while (true) {
                if (ready()) {
                    continue ⟪outer⟫;
                }
                break ⟪outer⟫;
            }
        }
    }
}
""",
        },
    )


def test_lambdas_and_patterns(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "A.java": """\
import java.util.function.*;

class A {
    Shape ⟦shape⟧;

    void lambdas() {
        Function<Integer, Integer> ⟦twice⟧ = ⟦x⟧ -> ⟪x⟫ * 2;
        BinaryOperator<Integer> plus = (⟦l⟧, ⟦r⟧) -> ⟪l⟫ + ⟪r⟫;
        BinaryOperator<Integer> minus = (Integer ⟦a⟧, Integer ⟦b⟧) -> {
            int ⟦c⟧ = ⟪a⟫ - ⟪b⟫;
            return ⟪c⟫;
        };
        ⟪twice⟫.apply(1);
    }

    int patterns(Object ⟦given⟧) {
        if (⟪given⟫ instanceof Circle ⟦circle⟧ && ⟪circle⟫.⟪radius⟫ > 0) {
            return ⟪circle⟫.⟪radius⟫;
        }
        if (!(⟪given⟫ instanceof Square ⟦square⟧)) {
            return 0;
        }
        return ⟪square⟫.⟪side⟫();
    }

    int switches(Shape given) {
        return switch (given) {
            case Circle ⟦c2:c⟧ -> ⟪c2:c⟫.⟪radius⟫;
            case Square(int ⟦s⟧) -> ⟪s⟫;
            default -> ⟪shape⟫.hashCode();
        };
    }

    int shadowed(Object given) {
        if (given instanceof Circle shape) {
            return 1;
        }
        return ⟪shape⟫ == null ? 0 : 1;
    }
}

interface Shape {}

class Circle implements Shape {
    int ⟦radius⟧;
}

record Square(int ⟦side⟧) implements Shape {}
""",
        },
    )


def test_members(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "shop/Base.java": """\
package shop;

public abstract class ⟦Base⟧ {
    protected int ⟦base-limit:limit⟧;
    static final int ⟦MOST⟧ = 3;

    protected abstract int ⟦base-cost:cost⟧();

    int ⟦common⟧() { return ⟪base-cost:cost⟫() + ⟪base-limit:limit⟫; }
}
""",
            "shop/Card.java": """\
package shop;

public class ⟦Card⟧ extends ⟪Base⟫ {
    private final ⟪Card⟫ ⟦next⟧;

    public Card(⟪Card⟫ ⟦given:next⟧) {
        this.⟪next⟫ = ⟪given:next⟫;
        this.⟪base-limit:limit⟫ = ⟪MOST⟫;
    }

    @Override
    protected int ⟦card-cost:cost⟧() {
        return super.⟪common⟫() + ⟪next⟫.⟪card-cost:cost⟫() + this.⟪common⟫() + ⟪Base⟫.⟪MOST⟫;
    }

    static ⟪Card⟫ ⟦make⟧() { return new ⟪Card⟫(null); }

    ⟪Card⟫ ⟦follow⟧() { return ⟪next⟫; }
}
""",
            "other/Use.java": """\
package other;

import shop.⟪Card⟫;

class Use {
    int use(⟪Card⟫[] ⟦cards⟧) {
        var ⟦made⟧ = new ⟪Card⟫(null);
        var ⟦got⟧ = ⟪Card⟫.⟪make⟫();
        return ⟪made⟫.⟪card-cost:cost⟫()
            + ⟪got⟫.⟪follow⟫().⟪follow⟫().⟪card-cost:cost⟫()
            + ⟪Card⟫.⟪make⟫().⟪card-cost:cost⟫()
            + ⟪cards⟫[0].⟪card-cost:cost⟫()
            + ((⟪Card⟫) (Object) ⟪made⟫).⟪card-cost:cost⟫()
            + (cards.length > 0 ? ⟪made⟫ : ⟪got⟫).⟪follow⟫().⟪card-cost:cost⟫()
            + ⟪made⟫.⟪-:hashCode⟫();
    }
}
""",
        },
    )


def test_overloads(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "A.java": """\
class A {
    void ⟦none:put⟧() {}
    void ⟦one:put⟧(int value) {}
    void ⟦text:put⟧(String value) {}
    void ⟦two:put⟧(int key, int value) {}
    void ⟦many:put⟧(Object first, Object second, Object... rest) {}
    void ⟦base:take⟧(Animal animal) {}
    void ⟦derived:take⟧(Dog dog) {}
    void ⟦run:act⟧(Runnable task) {}
    void ⟦call:act⟧(java.util.function.Function<String, String> task) {}

    void use(Dog dog, Animal animal) {
        ⟪none:put⟫();
        ⟪one:put⟫(1);
        ⟪text:put⟫("x" + 1);
        ⟪text:put⟫(dog.toString());
        ⟪two:put⟫(1, 2);
        ⟪many:put⟫("a", "b", "c");
        ⟪many:put⟫(dog, animal);
        ⟪base:take⟫(animal);
        ⟪derived:take⟫(dog);
        ⟪run:act⟫(() -> {});
        ⟪call:act⟫(text -> text);
    }
}

class Animal {}

class Dog extends Animal {}
""",
        },
    )


def test_more_overloads_than_are_compared_or_looked_at(make_repository: MakeRepository) -> None:
    """Each takes a class that builds on the one before: of an unknown argument the last is meant where they are few."""
    marked = ""
    for name, count in (("few", 3), ("many", 101), ("countless", 501)):
        keys = [f"{name}-{n}" for n in range(count)]
        marked += "".join(f"    void ⟦{key}:{name}⟧(C{n} a) {{}}\n" for n, key in enumerate(keys))
        unknown = keys[-1] if name == "few" else "|".join(keys)
        known = keys[1] if name != "countless" else "|".join(keys)
        marked += f"    void use(C1 a) {{ ⟪{unknown}:{name}⟫(x.y); ⟪{known}:{name}⟫(a); }}\n"
    classes = "".join(f"class C{n} extends C{n - 1} {{}}\n" for n in range(1, 501))
    check(make_repository, {"A.java": f"class A {{\n{marked}}}\nclass C0 {{}}\n{classes}"})


def test_nested_classes(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Outer.java": """\
class ⟦Outer⟧ {
    int ⟦size⟧;
    int ⟦hidden-outer:hidden⟧;

    class ⟦Inner⟧ {
        int ⟦hidden-inner:hidden⟧;

        int read() {
            return ⟪size⟫ + ⟪hidden-inner:hidden⟫ + ⟪Outer⟫.this.⟪hidden-outer:hidden⟫;
        }
    }

    static class ⟦Nested⟧ {
        static int ⟦depth⟧;
    }

    interface ⟦Visitor⟧ {
        void ⟦visit⟧(⟪Inner⟫ inner);

        default void ⟦again⟧(⟪Inner⟫ inner) { ⟪visit⟫(inner); }
    }

    void use() {
        ⟪Inner⟫ ⟦inner⟧ = this.new ⟪Inner⟫();
        ⟪Visitor⟫ visitor = new ⟪Visitor⟫() {
            int ⟦seen⟧;

            public void ⟦anonymous:visit⟧(⟪Inner⟫ ⟦given⟧) {
                ⟪seen⟫ += ⟪given⟫.⟪hidden-inner:hidden⟫ + ⟪size⟫;
                ⟪help⟫();
                ⟪again⟫(⟪given⟫);
            }

            void ⟦help⟧() {}
        };
        class ⟦Local⟧ {
            int ⟦own⟧ = ⟪inner⟫.⟪hidden-inner:hidden⟫;
        }
        new ⟪Local⟫().⟪own⟫++;
    }
}

class Use {
    int f(⟪Outer⟫.⟪Inner⟫ given) {
        return given.⟪hidden-inner:hidden⟫ + ⟪Outer⟫.⟪Nested⟫.⟪depth⟫;
    }
}
""",
        },
    )


def test_enums_records_and_annotations(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Suit.java": """\
enum ⟦Suit⟧ {
    ⟦HEARTS⟧(1), ⟦SPADES⟧(2) {
        @Override
        int ⟦spades-worth:worth⟧() { return ⟪rank⟫; }
    };

    final int ⟦rank⟧;

    Suit(int ⟦given:rank⟧) { this.⟪rank⟫ = ⟪given:rank⟫; }

    int ⟦worth⟧() { return ⟪rank⟫ * 2; }
}
""",
            "Use.java": """\
@⟪Marked⟫(⟪value⟫ = "x", ⟪suits⟫ = {⟪Suit⟫.⟪HEARTS⟫})
class Use {
    int f(⟪Suit⟫ suit, ⟪Point⟫ point) {
        switch (suit) {
            case ⟪HEARTS⟫:
                return ⟪Suit⟫.⟪SPADES⟫.⟪worth⟫();
            case ⟪SPADES⟫:
                return ⟪Suit⟫.valueOf("HEARTS").⟪rank⟫;
        }
        return point.⟪x⟫() + point.⟪shifted⟫(1).⟪y⟫() + new ⟪Point⟫(1, 2).⟪x⟫();
    }
}

@interface ⟦Marked⟧ {
    String ⟦value⟧() default "";

    Suit[] ⟦suits⟧() default {};
}

record ⟦Point⟧(int ⟦x⟧, int ⟦y⟧) {
    Point {
        if (⟪x⟫ < 0) throw new IllegalArgumentException();
    }

    ⟪Point⟫ ⟦shifted⟧(int ⟦by⟧) { return new ⟪Point⟫(⟪x⟫ + ⟪by⟫, ⟪y⟫()); }
}
""",
        },
    )


def test_packages_and_imports(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "core/src/main/java/com/acme/core/Tool.java": """\
package com.acme.core;

public class ⟦Tool⟧ {
    public static int ⟦LIMIT⟧;

    public static void ⟦use⟧() {}

    public static class ⟦Part⟧ {}
}
""",
            "core/src/test/java/com/acme/core/ToolTest.java": """\
package com.acme.core;

class ToolTest {
    void test() { ⟪Tool⟫.⟪use⟫(); }
}
""",
            "core/src/main/java/com/acme/core/String.java": """\
package com.acme.core;

public class ⟦own-string:String⟧ {
    ⟪own-string:String⟫ same() { return this; }
}
""",
            "app/src/main/java/com/acme/app/Single.java": """\
package com.acme.app;

import com.acme.core.⟪Tool⟫;
import com.acme.core.Tool.⟪Part⟫;
import static com.acme.core.⟪Tool⟫.⟪LIMIT⟫;

class Single {
    ⟪Part⟫ part = null;
    int limit = ⟪LIMIT⟫ + ⟪Tool⟫.⟪LIMIT⟫;
    ⟪-:String⟫ text;
}
""",
            "app/src/main/java/com/acme/app/OnDemand.java": """\
package com.acme.app;

import com.acme.core.*;
import static com.acme.core.Tool.*;

class OnDemand {
    ⟪Tool⟫ tool;
    ⟪Part⟫ part;
    int limit = ⟪LIMIT⟫;
    void run() { ⟪use⟫(); }
    ⟪Beside⟫ beside;
}
""",
            "app/src/main/java/com/acme/app/Beside.java": """\
package com.acme.app;

class ⟦Beside⟧ {
    com.acme.core.⟪Tool⟫ full = new com.acme.core.⟪Tool⟫();
    int limit = com.acme.core.⟪Tool⟫.⟪LIMIT⟫;
    java.util.⟪-:List⟫<⟪Beside⟫> all;
}
""",
        },
    )


def test_generics(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Box.java": """\
import java.util.*;

class ⟦Box⟧<⟦T⟧ extends ⟪Item⟫> {
    ⟪T⟫ ⟦held⟧;

    ⟪T⟫ ⟦open⟧() { return ⟪held⟫; }

    int weigh() { return ⟪held⟫.⟪weight⟫(); }

    <⟦R⟧> ⟪R⟫ ⟦as⟧(Class<⟪R⟫> kind) { return null; }

    static <⟦E⟧> ⟪E⟫ ⟦pick⟧(List<⟪E⟫> from) { return from.get(0); }
}

class ⟦Item⟧ {
    int ⟦weight⟧() { return 1; }
}

class ⟦Crate⟧ extends ⟪Box⟫<⟪Stone⟫> {}

class ⟦Stone⟧ extends ⟪Item⟫ {
    int ⟦hardness⟧;
}

class Use {
    void use(⟪Box⟫<⟪Stone⟫> box, ⟪Crate⟫ crate, List<⟪Stone⟫> list, Map<String, ⟪Stone⟫> byName) {
        box.⟪open⟫().⟪hardness⟫++;
        box.⟪held⟫.⟪hardness⟫++;
        crate.⟪open⟫().⟪hardness⟫++;
        box.⟪as⟫(Stone.class).⟪hardness⟫++;
        ⟪Box⟫.⟪pick⟫(list).⟪hardness⟫++;
        for (⟪Stone⟫ stone : list) { stone.⟪weight⟫(); }
        for (var stone : list) { stone.⟪hardness⟫++; }
        list.get(0).⟪weight⟫();
        byName.get("x").⟪weight⟫();
        for (var entry : byName.entrySet()) { entry.getValue().⟪weight⟫(); }
        list.forEach(stone -> stone.⟪weight⟫());
        list.stream().map(stone -> stone.⟪weight⟫()).count();
        list.stream().map(⟪Stone⟫::⟪weight⟫).count();
        list.stream().filter(s -> s.⟪hardness⟫ > 1).findFirst().get().⟪weight⟫();
    }
}
""",
        },
    )


def test_functional_interfaces(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "A.java": """\
interface ⟦Rule⟧<⟦In⟧> {
    boolean ⟦allows⟧(⟪In⟫ given);

    default ⟪Rule⟫<⟪In⟫> ⟦and⟧(⟪Rule⟫<⟪In⟫> other) {
        return ⟦g⟧ -> this.⟪allows⟫(⟪g⟫) && other.⟪allows⟫(⟪g⟫);
    }
}

class Card {
    int ⟦limit⟧;

    static boolean ⟦isGood⟧(Card card) { return true; }

    boolean ⟦isOpen⟧() { return true; }
}

class Use {
    void ⟦check⟧(⟪Rule⟫<Card> rule) {}

    boolean ⟦own⟧(Card card) { return true; }

    void use() {
        ⟪check⟫(card -> card.⟪limit⟫ > 1);
        ⟪check⟫(Card::⟪isGood⟫);
        ⟪check⟫(Card::⟪isOpen⟫);
        ⟪check⟫(this::⟪own⟫);
        ⟪Rule⟫<Card> rule = (c) -> c.⟪isOpen⟫();
        rule.⟪and⟫(c -> c.⟪limit⟫ == 0).⟪allows⟫(null);
    }
}
""",
        },
    )


def test_inheritance_through_files(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a/Top.java": """\
package a;

public interface ⟦Top⟧ {
    int ⟦TOP⟧ = 1;

    void ⟦go⟧();
}
""",
            "b/Middle.java": """\
package b;

import a.⟪Top⟫;

public abstract class ⟦Middle⟧ implements ⟪Top⟫ {
    protected static class ⟦Helper⟧ {
        public void ⟦aid⟧() {}
    }
}
""",
            "c/Bottom.java": """\
package c;

import b.⟪Middle⟫;

public class Bottom extends ⟪Middle⟫ {
    private final ⟪Helper⟫ helper = new ⟪Helper⟫();

    public void ⟦bottom-go:go⟧() {
        helper.⟪aid⟫();
        int x = ⟪TOP⟫;
        ⟪Top⟫ unknownHere = null;
    }

    void call(Middle middle) {
        middle.⟪go⟫();
        ⟪bottom-go:go⟫();
        ((a.⟪Top⟫) middle).⟪go⟫();
    }
}
""".replace("        ⟪Top⟫ unknownHere = null;\n", ""),
        },
    )
