create or replace view dear as select title from books where price > 100;
