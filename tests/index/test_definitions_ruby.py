"""What each name in Ruby leads to. The marks are described in `pointed.py`."""

from tests.conftest import MakeRepository
from tests.index.pointed import check


def test_local_names(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "a.rb": """\
⟦outside:total⟧ = 1

def sum(⟦first⟧, ⟦second⟧ = 2, *⟦rest⟧, ⟦key⟧: 3, **⟦others⟧, &⟦given⟧)
  ⟦total⟧ = ⟪first⟫ + ⟪second⟫ + ⟪key⟫
  ⟪rest⟫.each do |⟦each⟧, (⟦a⟧, ⟦b⟧)|
    ⟪total⟫ += ⟪each⟫ + ⟪a⟫ + ⟪b⟫
  end
  twice = ->(⟦x⟧) { ⟪x⟫ * ⟪total⟫ }
  ⟪given⟫.call(⟪others⟫)
  begin
    work
  rescue ArgumentError => ⟦e⟧
    raise ⟪e⟫
  end
  ⟪total⟫
end

puts ⟪outside:total⟫
""",
        },
    )


def test_classes_modules_and_mixins(make_repository: MakeRepository) -> None:
    check(
        make_repository,
        {
            "lib/shop/base.rb": """\
module ⟦Shop⟧
  module ⟦Named⟧
    def ⟦label⟧
      'x'
    end
  end

  class ⟦Base⟧
    ⟦LIMIT⟧ = 3

    def ⟦base-cost:cost⟧
      ⟪LIMIT⟫
    end

    def self.⟦make⟧
      new
    end
  end
end
""",
            "lib/shop/card.rb": """\
require_relative 'base'

module ⟦again:Shop⟧
  class ⟦Card⟧ < ⟪Base⟫
    include ⟪Named⟫
    attr_reader :⟦part⟧

    def ⟦initialize⟧(number)
      ⟦ivar:@part⟧ = ⟪Part⟫.new
      ⟪ivar:@part⟫.⟪go⟫
    end

    def ⟦card-cost:cost⟧
      ⟪helper⟫(⟪LIMIT⟫) + self.⟪label⟫.size
      ⟪part⟫.⟪go⟫
      ⟪label⟫
    end

    private

    def ⟦helper⟧(⟦n⟧)
      ⟪n⟫
    end
  end

  class ⟦Part⟧
    def ⟦go⟧; end
  end
end
""",
            "app.rb": """\
require './lib/shop/card'

card = ⟪Shop|again:Shop⟫::⟪Card⟫.⟪initialize:new⟫(1)
card.⟪card-cost:cost⟫
card.⟪part⟫.⟪go⟫
Shop::⟪Base⟫.⟪make⟫.⟪base-cost:cost⟫
Shop::Base::⟪LIMIT⟫
""",
        },
    )
