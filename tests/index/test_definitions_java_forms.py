"""What each name in Java leads to, in one file of every form of declaration and expression. The marks are described in
`pointed.py`."""

from tests.conftest import MakeRepository
from tests.index.pointed import check

_SHAPES = """\
package app;

import static app.Limits.⟪MAX⟫;
import static app.Limits.*;
import app.Limits.⟪Inner⟫;
import java.util.*;

sealed interface ⟦Shape⟧ permits ⟪Circle⟫, ⟪Square⟫, ⟪Pair⟫ {
    double ⟦area⟧();
    default String ⟦describe⟧() { return "area " + ⟪area⟫(); }
    static Shape ⟦unit⟧() { return new ⟪Circle⟫(1); }
}
record ⟦Circle⟧(double ⟦radius⟧) implements ⟪Shape⟫ {
    Circle {
        if (⟪radius⟫ < 0) throw new IllegalArgumentException();
    }
    public double area() { return Math.PI * ⟪radius⟫ * ⟪radius⟫(); }
}
record ⟦Square⟧(double ⟦side⟧) implements Shape {
    public double ⟦square-area:area⟧() { return ⟪side⟫() * this.⟪side⟫ * this.⟪side⟫(); }
    static int ⟦made⟧ = 0;
}
record ⟦Pair⟧<⟦T⟧ extends Shape>(⟪T⟫ ⟦left⟧, T ⟦right⟧) implements Shape {
    public double area() { return ⟪left⟫.⟪area⟫() + ⟪right⟫().⟪area⟫(); }
}
enum ⟦Color⟧ implements Runnable {
    ⟦RED⟧(1) { @Override public void run() { ⟪tint⟫(); ⟪helper⟫(); } void ⟦helper⟧() {} },
    ⟦GREEN⟧(⟪SHARED⟫) { public void run() {} };
    static final int ⟦SHARED⟧ = 2;
    private final int ⟦code⟧;
    Color(int ⟦c:code⟧) { this.⟪code⟫ = ⟪c:code⟫; }
    int ⟦tint⟧() { return ⟪code⟫ + ⟪RED⟫.⟪code⟫; }
}
class ⟦Use⟧ {
    double ⟦total⟧(Object ⟦o⟧) {
        return switch (⟪o⟫) {
            case ⟪Circle⟫(double ⟦r⟧) when ⟪r⟫ > 0 -> ⟪r⟫;
            case ⟪Pair⟫<?>(⟪Circle⟫(var ⟦x⟧), ⟪Square⟫ ⟦sq⟧) -> ⟪x⟫ + ⟪sq⟫.⟪side⟫();
            case ⟪Square⟫ ⟦s⟧ when ⟪s⟫.⟪side⟫() > ⟪MAX⟫ -> ⟪s⟫.⟪square-area:area⟫();
            case null, default -> ⟪LOW⟫;
        };
    }
    String ⟦name⟧(⟪Color⟫ ⟦color⟧) {
        switch (⟪color⟫) {
            case ⟪RED⟫: return ⟪color⟫.⟪tint⟫() + "";
            case ⟪GREEN⟫:
            default: return ⟪Inner⟫.⟪TEXT⟫;
        }
    }
    boolean ⟦test⟧(Object ⟦obj⟧) {
        if (!(⟪obj⟫ instanceof ⟪Circle⟫ ⟦circle⟧)) { return false; }
        return ⟪circle⟫.⟪radius⟫() > 1 && ⟪obj⟫ instanceof ⟪Square⟫(double ⟦w⟧) && ⟪w⟫ > 0;
    }
    void ⟦streams⟧(List<⟪Shape⟫> ⟦shapes⟧, Map<String, ⟪Circle⟫> ⟦byName⟧) {
        ⟪shapes⟫.stream().filter(⟦a⟧ -> ⟪a⟫.⟪area⟫() > 1).map(⟪Shape⟫::⟪describe⟫).forEach(System.out::println);
        ⟪byName⟫.forEach((⟦k⟧, ⟦v⟧) -> ⟪v⟫.⟪radius⟫());
        ⟪byName⟫.values().stream().mapToDouble(⟪Circle⟫::⟪radius⟫).sum();
        for (var ⟦e⟧ : ⟪byName⟫.entrySet()) { ⟪e⟫.getValue().⟪radius⟫(); }
        var ⟦copy⟧ = new ArrayList<>(⟪shapes⟫);
        ⟪copy⟫.get(0).⟪area⟫();
        var ⟦best⟧ = ⟪shapes⟫.stream().max(Comparator.comparingDouble(⟪Shape⟫::⟪area⟫)).orElseThrow();
        ⟪best⟫.⟪describe⟫();
        String ⟦block⟧ = \"\"\"
            text ${shapes}
            \"\"\";
        ⟪block⟫.length();
    }
    class ⟦Nested⟧ {
        int ⟦deep⟧ = 1;
        class ⟦Deeper⟧ {
            int ⟦deep2:deep⟧ = Nested.this.⟪deep⟫;
            void ⟦go⟧() { ⟪deep2:deep⟫++; Nested.this.⟪deep⟫++; ⟪Use⟫.this.⟪streams⟫(null, null); ⟪outerOnly⟫(); }
        }
    }
    void ⟦outerOnly⟧() {
        class ⟦LocalClass⟧ { int ⟦lf⟧; int ⟦lm⟧() { return ⟪lf⟫; } }
        record ⟦LocalRec⟧(int ⟦lr⟧) {}
        enum ⟦LocalEnum⟧ { ⟦ONE⟧ }
        interface ⟦LocalI⟧ { int ⟦li⟧(); }
        new ⟪LocalClass⟫().⟪lm⟫();
        new ⟪LocalRec⟫(1).⟪lr⟫();
        ⟪LocalI⟫ ⟦fn⟧ = () -> 1;
        ⟪fn⟫.⟪li⟫();
        ⟪LocalEnum⟫.⟪ONE⟫.name();
        Runnable ⟦anon⟧ = new Runnable() {
            int ⟦af⟧ = 0;
            public void run() { ⟪af⟫++; this.⟪af⟫++; ⟪am⟫(); ⟪outerOnly⟫(); }
            void ⟦am⟧() {}
        };
        var ⟦obj2⟧ = new Object() { int ⟦field2⟧ = 3; };
        ⟪obj2⟫.⟪field2⟫++;
        Use.Nested ⟦n⟧ = this.new ⟪Nested⟫();
        ⟪n⟫.new ⟪Deeper⟫().⟪go⟫();
    }
    @⟪Marked⟫(⟪value⟫ = "x", ⟪level⟫ = ⟪MAX⟫, ⟪kinds⟫ = {⟪Circle⟫.class, ⟪Square⟫.class})
    void annotated() {}
    @⟪Marked⟫("y") int f;
    @app.⟪Marked⟫("z") int g;
    <⟦A⟧ extends Comparable<⟪A⟫>> ⟪A⟫ ⟦pick⟧(⟪A⟫ ⟦one⟧, ⟪A⟫ ⟦two⟧) {
        return ⟪one⟫.compareTo(⟪two⟫) > 0 ? ⟪one⟫ : ⟪two⟫;
    }
    void ⟦generic⟧() {
        ⟪pick⟫("a", "b").length();
        this.<String>⟪pick⟫("a", "b");
        ⟪Use⟫ ⟦u⟧ = new ⟪Use⟫();
        Runnable ⟦r2⟧ = ⟪u⟫::⟪generic⟫;
        Runnable ⟦r3⟧ = this::⟪generic⟫;
        java.util.function.Supplier<⟪Use⟫> ⟦sup⟧ = ⟪Use⟫::new;
        ⟪sup⟫.get().⟪generic⟫();
        ⟪Shape⟫.⟪unit⟫().⟪describe⟫();
        int[] ⟦arr⟧ = {1}; ⟪arr⟫[0]++; ⟪Circle⟫[] ⟦cs⟧ = new ⟪Circle⟫[2]; ⟪cs⟫[0].⟪radius⟫();
        ⟪lbl⟫();
        try (var ⟦res⟧ = new ⟪Res⟫()) { ⟪res⟫.⟪close⟫(); }
        int ⟦y⟧ = switch (1) { case 1 -> { int ⟦z⟧ = 2; yield ⟪z⟫; } default -> 0; };
        assert ⟪y⟫ > 0 : ⟪y⟫;
        synchronized (⟪u⟫) { ⟪u⟫.⟪generic⟫(); }
        ((⟪Shape⟫) ⟪cs⟫[0]).⟪describe⟫();
        (⟪y⟫ > 0 ? ⟪cs⟫[0] : ⟪cs⟫[1]).⟪radius⟫();
        Object ⟦ob⟧ = ⟪u⟫; if (⟪ob⟫ instanceof ⟪Use⟫ ⟦use2⟧ && ⟪use2⟫.⟪test⟫(⟪ob⟫)) ⟪use2⟫.⟪generic⟫();
    }
    void ⟦lbl⟧() {}
}
class ⟦Res⟧ implements AutoCloseable { @Override public void ⟦close⟧() {} }
@interface ⟦Marked⟧ { String ⟦value⟧(); int ⟦level⟧() default ⟪MAX⟫; Class<?>[] ⟦kinds⟧() default {}; }
abstract class ⟦Base⟧<⟦E⟧> {
    protected ⟪E⟫ ⟦item⟧;
    abstract ⟪E⟫ ⟦make⟧();
    void ⟦hook⟧() {}
    static class ⟦Config⟧ { int ⟦size⟧; Config ⟦with⟧(int s) { ⟪size⟫ = s; return this; } }
}
class ⟦Derived⟧ extends ⟪Base⟫<⟪Circle⟫> implements ⟪Greeter⟫ {
    Derived() { super(); ⟪item⟫.⟪radius⟫(); ⟪dmake:make⟫().⟪radius⟫(); this.⟪item⟫.⟪radius⟫(); }
    ⟪Circle⟫ ⟦dmake:make⟧() { return super.⟪item⟫; }
    @Override void ⟦dhook:hook⟧() { super.⟪hook⟫(); ⟪Greeter⟫.super.⟪greet⟫(); ⟪greet⟫(); ⟪dmake:make⟫(); }
    ⟪Config⟫ ⟦config⟧() { return new ⟪Config⟫().⟪with⟫(1).⟪with⟫(2); }
    Base.⟪Config⟫ ⟦config2⟧() { return new ⟪Base⟫.⟪Config⟫(); }
}
interface ⟦Greeter⟧ { default void ⟦greet⟧() { ⟪inner⟫(); } private void ⟦inner⟧() {} int ⟦CONST⟧ = 1; }
"""
_LIMITS = """\
package app;
public class ⟦Limits⟧ {
    public static final int ⟦MAX⟧ = 3;
    public static final double ⟦LOW⟧ = 1;
    public static class ⟦Inner⟧ { public static final String ⟦TEXT⟧ = ""; }
}
"""
_MODULE = """\
import app.*;
/** doc */
module my.mod {
    requires java.base;
    exports app;
    uses app.⟪Greeter⟫;
    provides app.⟪Greeter⟫ with app.⟪Derived⟫;
}
"""


def test_every_form(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {"src/app/Shapes.java": _SHAPES, "src/app/Limits.java": _LIMITS, "src/module-info.java": _MODULE},
    )
