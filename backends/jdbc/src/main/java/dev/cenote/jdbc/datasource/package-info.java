/**
 * Cenote as a {@code javax.sql.DataSource}: start at {@link dev.cenote.jdbc.datasource.CenoteDataSource}. Its connections
 * are wrappers, written by hand since every call goes through one; where a class says Delegate, or names a part of an
 * interface, it only forwards, and everything with a thought in it stands in the class that ends in Wrapper.
 */
@NullMarked
package dev.cenote.jdbc.datasource;

import org.jspecify.annotations.NullMarked;
