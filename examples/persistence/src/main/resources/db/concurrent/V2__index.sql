create index concurrently books_by_title on books (title);
