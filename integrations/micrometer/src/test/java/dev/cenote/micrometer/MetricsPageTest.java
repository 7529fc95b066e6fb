package dev.cenote.micrometer;

import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;

import dev.cenote.testkit.docs.GeneratedSection;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} has what is published. */
class MetricsPageTest extends MetricsFixture {
    private static final Path PAGE = Path.of("../../docs/metrics.md");

    @Test
    void thePageHasTheMetersOfTheConventions() {
        check("database", Expected.DATABASE);
    }

    @Test
    void thePageHasTheMetersOfCenote() {
        check("cenote", Expected.CENOTE);
    }

    @Test
    void thePageHasTheMetersOfHikariAndBoot() {
        check("hikari", Expected.HIKARI);
        check("boot", Expected.BOOT);
    }

    private void check(String section, List<Expected> meters) {
        try (var pool = fullPool();
                var metrics = bindAll(pool, registry)) {
            pool.execute(whoAmI());
            metrics.flush();
            var table = new StringBuilder(
                    "| name | in Prometheus | type | unit | tags | what it says |\n" + "|---|---|---|---|---|---|\n");
            meters.forEach(meter -> table.append(row(meter)));
            new GeneratedSection(PAGE, section).check(table.toString());
        }
    }

    private String row(Expected meter) {
        String meaning =
                registry.find(meter.name()).meters().iterator().next().getId().getDescription();
        String tags = meter.tags().stream()
                .filter(tag -> !tag.equals(Expected.POOL))
                .map(tag -> "`" + tag + "`")
                .collect(Collectors.joining(", "));
        return "| `" + meter.name() + "` | `" + meter.prometheus() + "` | " + type(meter) + " | " + meter.unit() + " | "
                + tags + " | " + meaning + " |\n";
    }

    private static String type(Expected meter) {
        return switch (meter.kind()) {
            case GAUGE -> "gauge";
            case COUNTER -> "counter";
            case HISTOGRAM -> "timer with buckets";
            case SUMMARY -> "timer";
        };
    }
}
