package dev.cenote.spring;

import dev.cenote.pool.PoolOptionsBuilder;

/**
 * Changes a pool of the starter's in ways that no property has: listeners, hooks, verdicts, retry, circuit breakers. A bean
 * of this type is called for the pool whose builder it takes, after all properties, in the order of {@code @Order}.
 *
 * <pre>{@code
 * @Bean
 * PoolCustomizer<CenoteDataSourceBuilder> listening(Audit audit) {
 *     return builder -> builder.listener(audit);
 * }
 * }</pre>
 *
 * @param <B> the builder: of the data source, or of the MongoDB or Redis pool
 */
@FunctionalInterface
public interface PoolCustomizer<B extends PoolOptionsBuilder<B>> {
    /** Changes what {@code builder} is to build. */
    void customize(B builder);
}
