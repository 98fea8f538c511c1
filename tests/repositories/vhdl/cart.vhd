library ieee;
use ieee.std_logic_1164.all, work.money.cents_t;
--       ^ reference import
--                      ^ import ieee.std_logic_1164: *
--                                ^ reference import
--                                      ^ import work.money: cents_t
--                                      ^ reference import
context work.shop;
--           ^ import work: shop
--           ^ reference import

package cart_pkg is
--      ^ definition namespace
  constant LIMIT : natural := 10;
  --       ^ definition constant in cart_pkg
  --               ^ reference type
  type state_t is (IDLE, BUSY);
  --   ^ definition enum in cart_pkg
  --               ^ definition enum_member in cart_pkg.state_t
  --                     ^ definition enum_member in cart_pkg.state_t
  type line_t is record
  --   ^ definition struct in cart_pkg
    valid, paid : std_logic;
    -- <- definition field in cart_pkg.line_t
    --     ^ definition field in cart_pkg.line_t
    --            ^ reference type
    cents : cents_t;
    -- <- definition field in cart_pkg.line_t
    --      ^ reference type
  end record;
  subtype nibble_t is std_logic_vector(3 downto 0);
  --      ^ definition type in cart_pkg
  --                  ^ reference type
  type later_t;
  type store_t is protected
  --   ^ definition class in cart_pkg
    procedure put(value : integer);
    --            ^ reference write
    --                    ^ reference type
  end protected;
  function total(rate : integer; extra : integer) return integer;
  --             ^ reference write
  --                    ^ reference type
  --                             ^ reference write
  --                                     ^ reference type
  --                                                     ^ reference type
  component adder is
    port (a : in std_logic; y : out std_logic);
    --    ^ reference write
    --           ^ reference type
    --                      ^ reference write
    --                              ^ reference type
  end component;
end package;

package body cart_pkg is
--           ^ definition namespace
  function total(rate : integer; extra : integer) return integer is
  --       ^ definition function in cart_pkg
  --             ^ reference write
  --                    ^ reference type
  --                             ^ reference write
  --                                     ^ reference type
  --                                                     ^ reference type
    variable sum : integer := 0;
    --       ^ reference write
    --             ^ reference type
  begin
    sum := rate * LIMIT;
    -- <- reference write
    return maximum(sum, extra);
    --     ^ reference call
  end function;
  function "+"(a, b : line_t) return line_t is
  --        ^ definition function in cart_pkg
  --           ^ reference write
  --              ^ reference write
  --                  ^ reference type
  --                                 ^ reference type
  begin
    return a;
  end function;
  type store_t is protected body
  --   ^ definition class in cart_pkg
    variable kept : integer;
    --       ^ definition field in cart_pkg.store_t
    --              ^ reference type
    procedure put(value : integer) is
    --        ^ definition method in cart_pkg.store_t
    --            ^ reference write
    --                    ^ reference type
    begin
      kept := value;
      -- <- reference write
    end procedure;
  end protected body;
end package body;

entity top is
--     ^ definition module
  generic (WIDTH : natural := 8);
  --       ^ definition constant in top
  --               ^ reference type
  port (clk, rst : in std_logic; q : out nibble_t);
  --    ^ definition property in top
  --         ^ definition property in top
  --                  ^ reference type
  --                             ^ definition property in top
  --                                     ^ reference type
end entity;

architecture rtl of top is
--           ^ definition module of top
--                  ^ reference type
  signal a, b : std_logic;
  --     ^ definition variable in rtl
  --        ^ definition variable in rtl
  --            ^ reference type
  alias last is a;
  --    ^ definition variable in rtl
begin
  u_add : entity work.adder(fast) generic map (W => WIDTH) port map (a => a, y => b);
  -- <- definition variable in rtl
  --                  ^ reference call
  u_sub : subtractor port map (a, b);
  -- <- definition variable in rtl
  --      ^ reference call
  u_mul : entity money.multiplier port map (a, b);
  -- <- definition variable in rtl
  --                   ^ reference call
  g_loop : for i in 0 to 3 generate
  -- <- definition namespace in rtl
  --           ^ reference write
    signal inner : std_logic;
    --     ^ definition variable in rtl.g_loop
    --             ^ reference type
  begin
    inner <= a;
    -- <- reference write
  end generate;
  main : process (clk)
  -- <- definition function in rtl
    variable seen : integer;
    --       ^ reference write
    --              ^ reference type
    procedure show is
    --        ^ definition function in rtl.main
    begin
      report "seen";
    end procedure;
  begin
    if rising_edge(clk) then
    -- ^ reference call
      q <= total(1, seen);
      -- <- reference write
      --   ^ reference call
      store.put(seen);
      --    ^ reference call
    end if;
  end process;
  process
    variable unseen : integer;
    --       ^ reference write
    --                ^ reference type
  begin
    wait;
  end process;
end architecture;

configuration fast of top is
--            ^ definition module
  for rtl
  end for;
end configuration;
