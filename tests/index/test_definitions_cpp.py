"""What each name in C and C++ leads to. The marks are described in `pointed.py`."""

import pytest

from rlm_code.index.fileview import FileView
from rlm_code.index.snapshot_index import SnapshotIndex
from tests.conftest import MakeRepository
from tests.index.marked import host_of
from tests.index.pointed import check


def test_c(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "card.h": """\
#define ⟦MOST⟧ 3
#define ⟦TWICE⟧(x) ((x) * 2)

struct ⟦card⟧ {
    int ⟦limit⟧;
    struct ⟪card⟫ *⟦next⟧;
};

typedef struct { int ⟦weight⟧; } ⟦part_t⟧;

enum ⟦suit⟧ { ⟦HEARTS⟧, SPADES };

int charge(struct ⟪card⟫ *card, int amount);
""",
            "card.c": """\
#include "card.h"

static int ⟦hidden⟧(int ⟦x⟧) { return ⟪x⟫; }

int ⟦charge⟧(struct ⟪card⟫ *⟦given⟧, int ⟦amount⟧) {
    int ⟦total⟧ = ⟪amount⟫;
    for (int ⟦i⟧ = 0; ⟪i⟫ < ⟪MOST⟫; ⟪i⟫++) {
        int ⟦inner:total⟧ = ⟪hidden⟫(⟪i⟫);
        ⟪given⟫->⟪limit⟫ += ⟪inner:total⟫;
    }
    return ⟪total⟫ + ⟪given⟫->⟪next⟫->⟪limit⟫;
}
""",
            "main.c": """\
#include "card.h"

int main(void) {
    struct ⟪card⟫ card = { .⟪limit⟫ = ⟪TWICE⟫(1) };
    ⟪part_t⟫ part;
    ⟪part_t⟫ *parts[3];
    part.⟪weight⟫ = ⟪HEARTS⟫;
    parts[0]->⟪weight⟫ = 1;
    return ⟪charge⟫(&card, part.⟪weight⟫);
}
""",
        },
    )


def test_cpp(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "shop/card.hpp": """\
#pragma once
#include <memory>
#include <vector>

namespace ⟦shop⟧ {

template <typename ⟦T⟧>
class ⟦Base⟧ {
public:
    ⟪T⟫ ⟦common⟧() { return ⟪held⟫; }

protected:
    ⟪T⟫ ⟦held⟧;
};

class ⟦Part⟧ {
public:
    void ⟦go⟧() {}
};

class ⟦Card⟧ : public ⟪Base⟫<int> {
public:
    Card(int number) : ⟪number_⟫(number) {}
    int ⟦cost-declared:cost⟧(int most);
    static ⟪Card⟫ *make() { return new ⟪Card⟫(1); }
    std::vector<⟪Part⟫> ⟦parts⟧;
    std::unique_ptr<⟪Part⟫> ⟦part⟧;
    ⟪Card⟫ *⟦next⟧;
    enum ⟦Suit⟧ { ⟦HEARTS⟧ };

private:
    int ⟦number_⟧ = 0;
};

}
""",
            "shop/card.cpp": """\
#include "card.hpp"

namespace shop {

int Card::⟦cost⟧(int ⟦most⟧) {
    auto ⟦total⟧ = ⟪number_⟫ + this->⟪number_⟫ + ⟪most⟫;
    for (auto &⟦each⟧ : ⟪parts⟫) {
        ⟪each⟫.⟪go⟫();
    }
    ⟪part⟫->⟪go⟫();
    auto add = [&](⟪Part⟫ ⟦taken⟧) { return ⟪taken⟫.⟪go⟫(); };
    return ⟪next⟫->⟪cost|cost-declared:cost⟫(⟪total⟫) + ⟪common⟫();
}

}
""",
            "app.cpp": """\
#include "shop/card.hpp"

using namespace ⟪-:std⟫;

int use(⟪shop-less:Card⟫ &wrong);

int run(shop::⟪Card⟫ &card, const shop::⟪Card⟫ *pointer) {
    shop::⟪Card⟫ made(1);
    auto *other = new shop::⟪Card⟫(2);
    made.⟪cost|cost-declared:cost⟫(1);
    pointer->⟪next⟫->⟪next⟫->⟪part⟫->⟪go⟫();
    static_cast<shop::⟪Card⟫ *>(other)->⟪next⟫;
    shop::⟪Card⟫::⟪HEARTS⟫;
    return card.⟪parts⟫[0].⟪go⟫();
}
""".replace("int use(⟪shop-less:Card⟫ &wrong);\n\n", ""),
        },
    )


def test_templates(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "node.hpp": """\
struct ⟦Jar⟧ { int ⟦jar-size:size⟧; };
struct ⟦Box⟧ { int ⟦box-size:size⟧; };

template <typename ⟦T⟧, class ⟦U⟧ = int>
struct ⟦Node⟧ {
    ⟪T⟫ ⟦value⟧;
    ⟪Node⟫<⟪T⟫>* ⟦next⟧;
    ⟪T⟫& ⟦get⟧() { return ⟪value⟫; }
};

struct ⟦Shelf⟧ : ⟪Node⟫<⟪Jar⟫> {};

template <typename ⟦V⟧>
⟪V⟫ ⟦copy⟧(⟪V⟫ ⟦other⟧) { return ⟪other⟫; }

int ⟦use⟧(⟪Node⟫<⟪Box⟫> ⟦node⟧, ⟪Shelf⟫ ⟦shelf⟧) {
    ⟪node⟫.⟪value⟫.⟪box-size:size⟫ = 1;
    ⟪node⟫.⟪next⟫->⟪get⟫().⟪box-size:size⟫ = 1;
    ⟪copy⟫(⟪node⟫).⟪get⟫().⟪box-size:size⟫ = 2;
    return ⟪shelf⟫.⟪value⟫.⟪jar-size:size⟫;
}
""",
        },
    )


def test_objects_made_in_brackets_and_names_of_macros_parameters(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "box.cpp": """\
#define TWICE(n) ((n) + (n))
struct ⟦Box⟧ {
    explicit Box(int ⟦given:n⟧) : ⟪size⟫(⟪given:n⟫) {}
    int ⟦size⟧;
};

int ⟦count⟧(int ⟦n⟧) {
    ⟪Box⟫ ⟦box⟧(⟪n⟫);
    return ⟪box⟫.⟪size⟫;
}

template <typename ⟦T⟧, bool ⟦wide⟧ = true>
using ⟦Pick⟧ = Choice<⟪wide⟫, ⟪T⟫>;
""",
        },
    )


def test_namespaces_and_members_of_nested_classes(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "list.h": """\
namespace ⟦store⟧ {
namespace ⟦detail⟧ { int ⟦depth⟧(int ⟦a⟧); }
struct ⟦Iterator⟧ { void ⟦step:next⟧(); };
struct ⟦List⟧ {
    struct ⟦Inner:Iterator⟧ { void ⟦declared:next⟧(); };
};
}
""",
            "list.cpp": """\
#include "list.h"

namespace store {
void ⟪List⟫::⟪Inner:Iterator⟫::⟦defined:next⟧() {}
int detail::⟦deep:depth⟧(int a) { return a; }
}

int ⟦use⟧(⟪store⟫::⟪Iterator⟫ ⟦one⟧) {
    ⟪one⟫.⟪step:next⟫();
    return ⟪store⟫::⟪detail⟫::⟪deep:depth⟫(1);
}
""",
        },
    )


def test_a_namespace_that_a_text_opens_is_one_in_cpp_alone(make_repository: MakeRepository) -> None:
    """Words in a C header make none; the text of a macro does for C++, also in a header that C could read."""
    check(
        make_repository,
        {
            "names.h": """\
#define BEGIN_SHOP namespace shop {
/* kept in the namespace cards until all of them are read */
struct ⟦cards⟧ { int ⟦count⟧; };
""",
            "main.c": """\
#include "names.h"
int main(void) { struct ⟪cards⟫ held; return held.⟪count⟫ + ⟪-:shop⟫; }
""",
            "main.cpp": """\
#include "names.h"
BEGIN_SHOP
int ⟦sell⟧() { return 1; }
}
int main() { return shop::⟪sell⟫(); }
""",
        },
    )


def test_of_many_files_that_have_a_name_those_in_sight_alone_are_read(
    make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"far/far{at}.c": f"static int count(void) {{ return {at}; }}\n" for at in range(30)}
    files["near.h"] = "static int count(void) { return 1; }\n"
    files["main.c"] = '#include "near.h"\nint main(void) { return count(); }\n'
    root = make_repository(files)
    queries = host_of(root, root.parent / "cache")
    read: set[str] = set()
    viewed = SnapshotIndex.view

    def noting(index: SnapshotIndex, path: str) -> FileView:
        read.add(path)
        return viewed(index, path)

    monkeypatch.setattr(SnapshotIndex, "view", noting)
    assert [row.path for row in queries.definition_at("main.c", 2, 24)] == ["near.h"]
    assert not [path for path in read if path.startswith("far/")]
