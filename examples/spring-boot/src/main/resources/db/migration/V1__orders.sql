create table orders (
    id uuid primary key,
    sku text not null,
    quantity int not null check (quantity > 0),
    cents bigint not null
);
