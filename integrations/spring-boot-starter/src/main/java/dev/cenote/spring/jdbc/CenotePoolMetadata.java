package dev.cenote.spring.jdbc;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.protocols.PoolStats;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.metadata.AbstractDataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;

/** What Spring Boot shows of any pool: the source of {@code jdbc.connections.*}. Thread-safe; does not block. */
final class CenotePoolMetadata extends AbstractDataSourcePoolMetadata<CenoteDataSource> {
    private CenotePoolMetadata(CenoteDataSource source) {
        super(source);
    }

    /** Of {@code source}, or of what is behind its proxies; null if that is no CenoteDataSource, as the provider's contract asks. */
    static @Nullable DataSourcePoolMetadata of(DataSource source) {
        CenoteDataSource own = DataSourceUnwrapper.unwrap(source, CenoteDataSource.class);
        return own == null ? null : new CenotePoolMetadata(own);
    }

    private PoolStats stats() {
        return getDataSource().pool().stats();
    }

    @Override
    public Integer getActive() {
        return stats().leased();
    }

    @Override
    public Integer getIdle() {
        return stats().idle();
    }

    @Override
    public Integer getMax() {
        return stats().maxSize();
    }

    @Override
    public Integer getMin() {
        return stats().minSize();
    }

    /** None: validation is the driver's own ping. */
    @Override
    public @Nullable String getValidationQuery() {
        return null;
    }

    /** Unknown, unless the property says it: the driver's default then holds. */
    @Override
    public @Nullable Boolean getDefaultAutoCommit() {
        return null;
    }
}
