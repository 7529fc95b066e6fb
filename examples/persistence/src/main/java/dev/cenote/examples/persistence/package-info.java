/**
 * The programs of docs/guides.md: one for each tool that takes a {@link javax.sql.DataSource}, run by the tests against
 * PostgreSQL. Start reading at {@link dev.cenote.examples.persistence.PlainJdbc}.
 */
@NullMarked
package dev.cenote.examples.persistence;

import org.jspecify.annotations.NullMarked;
