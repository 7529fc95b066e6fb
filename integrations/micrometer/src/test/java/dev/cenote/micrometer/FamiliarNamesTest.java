package dev.cenote.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.metadata.HikariDataSourcePoolMetadata;
import org.springframework.boot.jdbc.metrics.DataSourcePoolMetrics;

/** The optional names are those that HikariCP and Spring Boot publish when asked, of this run. */
class FamiliarNamesTest extends MetricsFixture {
    @Test
    void hikarisNamesTypesTagsAndUnitsAreHikaris() throws Exception {
        var theirs = new SimpleMeterRegistry();
        try (var hikari = new HikariDataSource(hikari(theirs));
                var pool = fullPool();
                var metrics = PoolMetrics.builder(pool).hikariNames(true).build()) {
            hikari.getConnection().close();
            var ours = new SimpleMeterRegistry();
            metrics.bindTo(ours);
            assertThat(described(ours, "hikaricp.")).isEqualTo(described(theirs, "hikaricp."));
        }
    }

    @Test
    void prometheusSeesTheSameOfBoth() throws Exception {
        var theirs = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (var hikari = new HikariDataSource(hikari(theirs));
                var pool = fullPool();
                var metrics = PoolMetrics.builder(pool)
                        .hikariNames(true)
                        .operations(false)
                        .bind(registry)) {
            hikari.getConnection().close();
            pool.acquire().close();
            PrometheusText our = scrape(metrics);
            PrometheusText their = PrometheusText.fetch(theirs);
            assertThat(our.types()).containsAllEntriesOf(their.types());
            assertThat(samples(our, "hikaricp_")).isEqualTo(samples(their, "hikaricp_"));
        }
    }

    @Test
    void bootsNamesTypesAndTagsAreBoots() throws Exception {
        var theirs = new SimpleMeterRegistry();
        try (var hikari = new HikariDataSource(hikari(new SimpleMeterRegistry()));
                var pool = fullPool();
                var metrics = PoolMetrics.builder(pool).bootNames(true).build()) {
            hikari.getConnection().close();
            boot(hikari).bindTo(theirs);
            var ours = new SimpleMeterRegistry();
            metrics.bindTo(ours);
            assertThat(described(ours, "jdbc.")).isEqualTo(described(theirs, "jdbc."));
        }
    }

    private static DataSourcePoolMetrics boot(HikariDataSource hikari) {
        return new DataSourcePoolMetrics(
                hikari, (DataSource source) -> new HikariDataSourcePoolMetadata(hikari), "orders", Tags.empty());
    }

    private static HikariConfig hikari(MeterRegistry registry) {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:familiar");
        config.setPoolName("orders");
        config.setMaximumPoolSize(2);
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        return config;
    }

    /** Type, unit and tags by name; a counter that is read and one that is raised are the same to whoever reads. */
    private static Map<String, String> described(MeterRegistry registry, String prefix) {
        var described = new TreeMap<String, String>();
        for (Meter meter : registry.getMeters()) {
            Meter.Id id = meter.getId();
            if (id.getName().startsWith(prefix)) {
                var tags = new TreeSet<String>();
                for (Tag tag : id.getTags()) {
                    tags.add(tag.toString());
                }
                described.put(id.getName(), id.getType() + " " + id.getBaseUnit() + " " + tags);
            }
        }
        assertThat(described).isNotEmpty();
        return described;
    }

    private static Set<String> samples(PrometheusText text, String prefix) {
        var samples = new TreeSet<String>();
        text.samples().stream()
                .filter(sample -> sample.name().startsWith(prefix))
                .forEach(sample -> samples.add(sample.name() + sample.labels()));
        return samples;
    }
}
