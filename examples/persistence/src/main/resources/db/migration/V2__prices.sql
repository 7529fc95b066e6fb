alter table books add price integer not null default 0;
create index books_by_price on books (price);
