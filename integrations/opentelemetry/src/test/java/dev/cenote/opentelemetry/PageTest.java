package dev.cenote.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.Sql;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.docs.GeneratedSection;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page says what the code does. */
class PageTest {
    private static final Path PAGE = Path.of("../../docs/opentelemetry.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\|(.*)$");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+\\.[a-z_.]+)`");

    private static String row(
            String name, String type, String unit, List<AttributeKey<String>> attributes, String what) {
        return "| `" + name + "` | " + type + " | `" + unit + "` | "
                + attributes.stream().map(key -> "`" + key + "`").collect(Collectors.joining(", ")) + " | " + what
                + " |\n";
    }

    @Test
    void theTableOfMetricsIsThatOfTheCode() {
        var table = new StringBuilder("| metric | type | unit | attributes | |\n|---|---|---|---|---|\n");
        for (Reading reading : Reading.values()) {
            String type = reading.kind == Reading.Kind.COUNTER ? "counter" : "updowncounter";
            table.append(row(reading.title, type, reading.unit, reading.attributes, reading.description));
            if (reading == Reading.TIMEOUTS) {
                for (Timing timing : Timing.values()) {
                    table.append(row(timing.title, "histogram", "s", List.of(), timing.description));
                }
                table.append(row(Conventions.DURATION, "histogram", "s", List.of(), Conventions.DURATION_DESCRIPTION));
            }
        }
        new GeneratedSection(PAGE, "metrics").check(table.toString());
    }

    /** As the page on Micrometer's metrics says of these. */
    @Test
    void theMetricsAreThoseThatMicrometerHas() throws IOException {
        String text = Files.readString(Path.of("../../docs/metrics.md"));
        String tables =
                text.substring(text.indexOf("<!-- generated: database -->"), text.indexOf("<!-- end of cenote -->"));
        Set<String> ours = new TreeSet<>(Set.of(Conventions.DURATION));
        Stream.of(Reading.values()).forEach(reading -> ours.add(reading.title));
        Stream.of(Timing.values()).forEach(timing -> ours.add(timing.title));
        assertThat(ours).isEqualTo(rows(tables));
    }

    @Test
    void theTablesOfSpansNameWhatSpansHave() throws IOException {
        String text = Files.readString(PAGE);
        String spans = text.substring(text.indexOf("\n## Spans"));
        String events = spans.substring(spans.indexOf("| event |"));
        List<Span> received = received();
        assertThat(rows(spans.substring(0, spans.length() - events.length())))
                .isEqualTo(keys(received.stream().flatMap(span -> span.getAttributesList().stream())));
        assertThat(rows(events))
                .isEqualTo(received.stream()
                        .flatMap(span -> span.getEventsList().stream())
                        .map(Span.Event::getName)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(namesInRows(events))
                .isEqualTo(keys(received.stream()
                        .flatMap(span -> span.getEventsList().stream())
                        .flatMap(event -> event.getAttributesList().stream())));
    }

    private static Set<String> keys(Stream<io.opentelemetry.proto.common.v1.KeyValue> attributes) {
        return attributes.map(attribute -> attribute.getKey()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> rows(String part) {
        return ROW.matcher(part).results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> namesInRows(String part) {
        return ROW.matcher(part)
                .results()
                .map(row -> NAME.matcher(row.group(2)))
                .flatMap(Matcher::results)
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One call that succeeds and one that fails, with all that there is to say of them. */
    private static List<Span> received() throws IOException {
        try (var receiver = new OtlpReceiver();
                var pool = PostgresPool.builder()
                        .uri(TestServers.shared(Product.POSTGRES).uri())
                        .build();
                var registration = PoolTelemetry.builder(receiver.sdk())
                        .querySummary(operation -> Optional.of("select class"))
                        .build()
                        .register(pool)) {
            pool.execute(Sql.query("select relname from pg_class", row -> row.getString(1)));
            assertThatThrownBy(() -> pool.execute(Sql.query("selec from pg_class", row -> 1)))
                    .isInstanceOf(OperationFailedException.class);
            return receiver.spans();
        }
    }
}
