import shop.prices
%      ^ import shop.prices
limit = 10;
% <- definition variable
[low, high] = range(limit);
 % <- definition variable
%     ^ definition variable
%             ^ reference call
function cents = withTax(cents, rate)
%                ^ definition function
%                               ^ reference write
  cents = cents * rate;
  function nested
%          ^ definition function in withTax
  end
end
