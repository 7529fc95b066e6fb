/**
 * The PostgreSQL backend, on pgjdbc. Start at {@link dev.cenote.postgres.PostgresPool}; its operations are those of {@link
 * dev.cenote.jdbc.Sql}.
 */
@NullMarked
package dev.cenote.postgres;

import org.jspecify.annotations.NullMarked;
