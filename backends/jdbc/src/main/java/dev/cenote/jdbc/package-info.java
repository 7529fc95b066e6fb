/**
 * What the relational backends share. Users start at {@link dev.cenote.jdbc.Sql}, which makes the operations; authors of
 * a backend start at {@link dev.cenote.jdbc.JdbcConnector} and {@link dev.cenote.jdbc.Dialect}.
 *
 * <p>How a deadline is kept: the network time-out of the connection is set to what remains, so that a silent server is
 * given up on time; shortly before, {@link dev.cenote.jdbc.Dialect#cancel} asks a healthy one to stop, so that the
 * connection survives. Both are the business of {@code Flight} and {@code Watch}.
 */
@NullMarked
package dev.cenote.jdbc;

import org.jspecify.annotations.NullMarked;
