CREATE TABLE shop.items (
--           ^ reference read
--                ^ definition struct of shop
    id INT PRIMARY KEY,
    -- <- definition field in items
    name VARCHAR(80) NOT NULL
    -- <- definition field in items
);

CREATE VIEW open_carts AS SELECT carts.id FROM carts WHERE carts.status = 'not_a_name';
--          ^ definition struct
--                                             ^ reference type
--                                                                         ^ nothing

CREATE FUNCTION total(cart INT) RETURNS INT AS $$ SELECT sum(cents) FROM items; $$ LANGUAGE sql;
--              ^ definition function
--                    ^ reference write
--                                                       ^ reference call

CREATE INDEX items_by_name ON shop.items (name);
--           ^ definition key

CREATE TYPE status AS ENUM ('open', 'paid');
--          ^ definition type
