package dev.cenote.micrometer;

import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Everything is published by the names, types, units and tags that the table says, and nothing else is. */
class NamesTest extends MetricsFixture {
    @Test
    void prometheusHasWhatTheTableSaysAndNothingElse() throws Exception {
        try (var pool = fullPool();
                var metrics = bindAll(pool, registry)) {
            pool.execute(whoAmI());
            PrometheusText text = scrape(metrics);

            var types = new TreeMap<String, String>();
            for (Expected meter : Expected.all()) {
                types.put(meter.prometheus(), meter.type());
                if (meter.kind().isTimer()) {
                    types.put(meter.prometheus() + "_max", "gauge");
                }
            }
            assertThat(text.types()).isEqualTo(types);
            var names = new TreeSet<String>();
            text.samples().forEach(sample -> names.add(sample.name()));
            var expected = new TreeSet<String>();
            Expected.all().forEach(meter -> expected.addAll(meter.samples()));
            assertThat(names).isEqualTo(expected);
        }
    }

    @Test
    void allSeriesOfANameHaveTheTagsThatTheTableSays() throws Exception {
        try (var pool = fullPool();
                var metrics = bindAll(pool, registry)) {
            pool.execute(whoAmI());
            assertThatThrownBy(() -> pool.execute(mistaken())).isNotNull();
            assertThatThrownBy(() -> pool.execute(breaking())).isNotNull();
            PrometheusText text = scrape(metrics);
            for (Expected meter : Expected.all()) {
                for (String name : meter.samples()) {
                    assertThat(text.all(name)).as(name).isNotEmpty().allSatisfy(sample -> {
                        Set<String> labels = new TreeSet<>(sample.labels().keySet());
                        labels.remove("le");
                        assertThat(labels).as(name).containsExactlyInAnyOrderElementsOf(meter.labels());
                    });
                }
            }
        }
    }

    /** A unit in curly brackets says what is counted, and is no part of a name. */
    @Test
    void timersAreInSecondsAndTheRestHasNoUnit() throws Exception {
        try (var pool = fullPool();
                var metrics = bindAll(pool, registry)) {
            pool.execute(whoAmI());
            metrics.flush();
            for (Expected meter : Expected.all()) {
                List<Meter> found = List.copyOf(registry.find(meter.name()).meters());
                assertThat(found).as(meter.name()).isNotEmpty().allSatisfy(each -> {
                    assertThat(each.getId().getBaseUnit())
                            .isEqualTo(meter.kind().isTimer() ? "seconds" : null);
                    assertThat(each.getId().getDescription()).isNotBlank();
                });
                assertThat(meter.unit().equals("s"))
                        .as(meter.name())
                        .isEqualTo(meter.kind().isTimer());
            }
        }
    }

    @Test
    void operationsHaveTheBucketsThatTheConventionsAdvise() throws Exception {
        try (var pool = fullPool();
                var metrics = bindAll(pool, registry)) {
            pool.execute(whoAmI());
            assertThat(scrape(metrics).all("db_client_operation_duration_seconds_bucket"))
                    .extracting(sample -> sample.labels().get("le"))
                    .containsExactly("0.001", "0.005", "0.01", "0.05", "0.1", "0.5", "1.0", "5.0", "10.0", "+Inf");
        }
    }

    @Test
    void whatAPoolDoesNotHaveHasNoMeters() throws Exception {
        try (var pool = pool(options -> options);
                var metrics = PoolMetrics.bind(pool, registry)) {
            pool.execute(whoAmI());
            assertThat(scrape(metrics).types().keySet())
                    .allMatch(name -> name.startsWith("db_client_") || name.startsWith("cenote_pool_"))
                    .noneMatch(name -> name.contains("circuit") || name.contains("budget"));
        }
    }

    @Test
    void tagsOfOnesOwnAreOnEverySample() throws Exception {
        try (var pool = fullPool();
                var metrics = PoolMetrics.builder(pool)
                        .tags("team", "orders")
                        .hikariNames(true)
                        .bind(registry)) {
            pool.execute(whoAmI());
            assertThat(scrape(metrics).samples())
                    .isNotEmpty()
                    .allSatisfy(sample -> assertThat(sample.labels()).containsEntry("team", "orders"));
        }
    }
}
