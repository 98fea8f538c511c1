"""What each name in Rust leads to. The marks are described in `pointed.py`."""

from tests.conftest import MakeRepository
from tests.index.pointed import check


def test_local_names(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/lib.rs": """\
fn sum(⟦first⟧: u8, mut ⟦second⟧: u8) -> u8 {
    let ⟦one:total⟧ = ⟪first⟫ + ⟪second⟫;
    let ⟦two:total⟧ = ⟪one:total⟫ * 2;
    if let Some(⟦found⟧) = pick(⟪two:total⟫) {
        return ⟪found⟫;
    }
    match pick(1) {
        Some(⟦held⟧) if ⟪held⟫ > 1 => ⟪held⟫,
        None => 0,
        ⟦other⟧ => ⟪other⟫.unwrap(),
    };
    for ⟦each⟧ in 0..3 {
        second += ⟪each⟫;
    }
    let (⟦a⟧, ⟦b⟧) = (1, 2);
    let add = |⟦x⟧: u8, ⟦y⟧| ⟪x⟫ + ⟪y⟫ + ⟪a⟫ + ⟪LEAST⟫;
    const ⟦LEAST⟧: u8 = 1;
    static ⟦MOST⟧: u8 = ⟪LEAST⟫;
    {
        let ⟦three:total⟧ = 1;
        println!("{}", ⟪three:total⟫);
    }
    ⟪two:total⟫ + ⟪b⟫ + ⟪MOST⟫
}

fn pick<⟦T⟧>(given: ⟪T⟫) -> Option<⟪T⟫> {
    Some(given)
}
""",
        },
    )


def test_modules_and_use(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Cargo.toml": '[workspace]\nmembers = ["core", "app"]\n',
            "core/Cargo.toml": '[package]\nname = "shop-core"\n',
            "core/src/lib.rs": """\
pub mod card;
mod money;
pub use money::⟪Amount⟫;
pub use card::deep::*;

pub fn ⟦top⟧() -> card::⟪Card⟫ {
    self::card::⟪make⟫()
}

pub mod inline {
    pub fn ⟦inner⟧() {
        super::⟪top⟫();
    }
}
""",
            "core/src/card/mod.rs": """\
use crate::money::{self, ⟪Amount⟫ as Sum};

pub mod deep;

pub struct ⟦Card⟧ {
    pub ⟦amount⟧: ⟪Amount:Sum⟫,
}

pub fn ⟦make⟧() -> ⟪Card⟫ {
    ⟪Card⟫ { ⟪amount⟫: money::⟪none⟫() }
}
""",
            "core/src/card/deep.rs": "pub fn ⟦far⟧() {\n    super::⟪make⟫();\n    crate::inline::⟪inner⟫();\n}\n",
            "core/src/money.rs": "pub struct ⟦Amount⟧(pub u8);\n\npub fn ⟦none⟧() -> ⟪Amount⟫ {\n    ⟪Amount⟫(0)\n}\n",
            "app/Cargo.toml": '[package]\nname = "app"\n',
            "app/src/main.rs": """\
use shop_core::card::⟪Card⟫;
use shop_core::⟪far⟫;

fn main() {
    let card: ⟪Card⟫ = shop_core::⟪top⟫();
    card.⟪amount⟫;
    ⟪far⟫();
    let sum: shop_core::⟪Amount⟫ = card.⟪amount⟫;
}
""",
        },
    )


def test_impl_blocks_and_traits(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/lib.rs": """\
pub struct ⟦Card⟧ {
    ⟦next⟧: Option<Box<⟪Card⟫>>,
    ⟦parts⟧: Vec<⟪Part⟫>,
}

pub struct ⟦Part⟧;

pub enum ⟦Suit⟧ {
    ⟦Hearts⟧(u8),
    ⟦Spades⟧ { ⟦rank⟧: u8 },
}

impl ⟪Card⟫ {
    const ⟦MOST⟧: u8 = 3;

    pub fn ⟦new⟧() -> Self {
        let made = Self { ⟪next⟫: None, ⟪parts⟫: vec![] };
        made.⟪cost⟫(Self::⟪MOST⟫);
        made
    }

    fn ⟦cost⟧(&self, most: u8) -> Result<⟪Part⟫, ()> {
        self.⟪next⟫.as_ref().unwrap().⟪cost⟫(most)?.⟪go⟫();
        self.⟪parts⟫[0].⟪go⟫();
        for part in self.⟪parts⟫.iter() {
            part.⟪go⟫();
        }
        if let Some(next) = &self.⟪next⟫ {
            next.⟪twice⟫();
        }
        assert!(self.⟪twice⟫() > 1);
        Ok(⟪Part⟫)
    }
}

impl ⟪Part⟫ {
    fn ⟦go⟧(&self) {}
}

trait ⟦Doubled⟧ {
    fn ⟦once⟧(&self) -> u8;

    fn ⟦twice⟧(&self) -> u8 {
        self.⟪once⟫() * 2
    }
}

impl ⟪Doubled⟫ for ⟪Card⟫ {
    fn ⟦card-once:once⟧(&self) -> u8 {
        1
    }
}

macro_rules! ⟦shout⟧ {
    () => {};
}

fn use_all(card: &⟪Card⟫, any: &dyn ⟪Doubled⟫, suit: ⟪Suit⟫) {
    ⟪Card⟫::⟪new⟫().⟪twice⟫();
    card.⟪card-once:once⟫();
    any.⟪once⟫();
    ⟪shout⟫!();
    match suit {
        ⟪Suit⟫::⟪Hearts⟫(n) => n,
        ⟪Suit⟫::⟪Spades⟫ { ⟪rank⟫: r } => r,
    };
}
""",
        },
    )


def test_type_parameters(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "src/lib.rs": """\
trait ⟦Weigh⟧ { fn ⟦weight⟧(&self) -> u32; }
struct ⟦Jar⟧ { ⟦jar-size:size⟧: u32 }
struct ⟦Box2⟧ { ⟦box-size:size⟧: u32 }
struct ⟦Shelf⟧<⟦T⟧> { ⟦thing⟧: ⟪T⟫ }

impl<⟦W⟧: ⟪Weigh⟫> ⟪Shelf⟫<⟪W⟫> {
    fn ⟦get⟧(&self) -> &⟪W⟫ {
        self.⟪thing⟫.⟪weight⟫();
        &self.⟪thing⟫
    }
}

fn ⟦same⟧<⟦V⟧>(⟦v⟧: ⟪V⟫) -> ⟪V⟫ where ⟪V⟫: ⟪Weigh⟫ { ⟪v⟫.⟪weight⟫(); ⟪v⟫ }

fn ⟦use_all⟧(⟦jars⟧: ⟪Shelf⟫<⟪Jar⟫>, ⟦boxed⟧: ⟪Shelf⟫<⟪Box2⟫>) {
    ⟪jars⟫.⟪get⟫().⟪jar-size:size⟫;
    ⟪boxed⟫.⟪get⟫().⟪box-size:size⟫;
    ⟪boxed⟫.⟪thing⟫.⟪box-size:size⟫;
    ⟪same⟫(⟪jars⟫).⟪thing⟫.⟪jar-size:size⟫;
}
""",
        },
    )


def test_modules_and_what_closures_are_given(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Cargo.toml": '[package]\nname = "acme"\n',
            "src/lib.rs": """\
pub mod ⟦shelf⟧;
mod ⟦inner⟧ {
    pub fn ⟦help⟧() {}
}
pub use ⟪shelf⟫::⟪Jar⟫;

struct Other { ⟦other-size:size⟧: u32 }

fn ⟦use_all⟧(⟦jars⟧: Vec<⟪Jar⟫>, ⟦one⟧: Option<⟪Jar⟫>) {
    ⟪inner⟫::⟪help⟫();
    crate::⟪shelf⟫::⟪deep⟫::⟪dig⟫();
    ⟪jars⟫.iter().filter(|⟦some⟧| ⟪some⟫.⟪jar-size:size⟫ > 1).for_each(|⟦each⟧| drop(⟪each⟫.⟪jar-size:size⟫));
    ⟪one⟫.map(|⟦held⟧| ⟪held⟫.⟪jar-size:size⟫);
}
""",
            "src/shelf/mod.rs": "pub mod ⟦deep⟧;\npub struct ⟦Jar⟧ { pub ⟦jar-size:size⟧: u32 }\n",
            "src/shelf/deep.rs": "pub fn ⟦dig⟧() { super::super::⟪inner⟫::⟪help⟫(); }\n",
        },
    )


def test_a_module_called_tests_is_part_of_its_crate(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Cargo.toml": '[package]\nname = "shop"\n',
            "src/lib.rs": "mod cart;\npub struct ⟦Cart⟧;\n",
            "src/cart/mod.rs": "mod tests;\n",
            "src/cart/tests/mod.rs": "use crate::⟪Cart⟫;\nfn t(given: ⟪Cart⟫) {}\n",
            "tests/whole.rs": "use shop::⟪Cart⟫;\n",
        },
    )


def test_a_function_may_be_called_like_the_module_that_it_comes_from(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "Cargo.toml": '[package]\nname = "shop"\n',
            "src/lib.rs": "pub mod serve;\npub use self::serve::serve;\n",
            "src/serve.rs": "pub fn ⟦serve⟧() {}\n",
            "examples/main.rs": "fn main() { shop::⟪serve⟫(); shop::serve::⟪serve⟫(); }\n",
        },
    )
