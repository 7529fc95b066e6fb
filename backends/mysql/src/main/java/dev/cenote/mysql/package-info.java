/**
 * The MySQL and MariaDB backend, on MySQL Connector/J or MariaDB Connector/J. Start at {@link dev.cenote.mysql.MySqlPool};
 * its operations are those of {@link dev.cenote.jdbc.Sql}.
 */
@NullMarked
package dev.cenote.mysql;

import org.jspecify.annotations.NullMarked;
