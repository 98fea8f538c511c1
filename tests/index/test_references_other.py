"""Uses of definitions in languages that bind names by folder, file or name alone."""

from tests.conftest import MakeRepository
from tests.index.marked import check


def test_java(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/main/java/com/shop/Base.java": """\
package com.shop;

public class Base {
    public int charge() { return 1; } // !def
}
""",
            "src/main/java/com/shop/Cart.java": """\
package com.shop;

public class Cart extends Base {
    int twice() {
        return charge() + this.charge(); // !inferred
    }
}
""",
            "src/main/java/com/other/Use.java": """\
package com.other;

import com.shop.Cart;

public class Use {
    void use(Cart given, Object unknown) {
        given.charge(); // !inferred
        Cart made = new Cart();
        made.charge(); // !inferred
        unknown.charge(); // !name
    }
}
""",
        },
    )


def test_c_binds_across_files_by_name_alone(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "pay.c": "int charge(int card) { return card; } // !def\n\nint f(void) { return charge(1); } // !exact\n",
            "main.c": "int main(void) { return charge(1); } // !name\n",
            "local.c": "int f(int charge) { return charge; }\n",
        },
    )
