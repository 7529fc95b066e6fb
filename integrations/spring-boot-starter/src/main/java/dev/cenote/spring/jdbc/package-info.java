/**
 * The {@code DataSource} of a Spring Boot application on Cenote. Start reading at {@link
 * dev.cenote.spring.jdbc.CenoteDataSourceAutoConfiguration}.
 */
@NullMarked
package dev.cenote.spring.jdbc;

import org.jspecify.annotations.NullMarked;
