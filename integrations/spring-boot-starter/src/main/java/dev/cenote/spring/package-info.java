/**
 * Cenote in a Spring Boot application: what all its pools have in common there. Nothing is to be called; start reading at
 * {@link dev.cenote.spring.PoolsAutoConfiguration}, and at {@link dev.cenote.spring.jdbc.CenoteDataSourceAutoConfiguration}
 * for the data source.
 */
@NullMarked
package dev.cenote.spring;

import org.jspecify.annotations.NullMarked;
