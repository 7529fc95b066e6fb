package dev.cenote.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The dashboard and the alerts can be read, and ask for nothing that is not published. */
class GrafanaAndAlertsTest {
    private static final Path DASHBOARD = Path.of("../../docs/grafana/cenote.json");
    private static final Path ALERTS = Path.of("../../docs/prometheus/cenote-alerts.yml");
    private static final Path PAGE = Path.of("../../docs/metrics.md");

    private static final Pattern NAME = Pattern.compile("\\b(?:db_client|cenote|hikaricp|jdbc)_[a-z0-9_]+");
    private static final Pattern SELECTOR = Pattern.compile("([a-z][a-z0-9_]*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(=~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without) \\(([^)]*)\\)");

    private static List<String> dashboardQueries() throws IOException {
        var queries = new ArrayList<String>();
        JsonNode root = new ObjectMapper().readTree(DASHBOARD.toFile());
        root.findValuesAsText("expr").forEach(queries::add);
        root.at("/templating/list").forEach(variable -> {
            if (variable.path("query").isObject()) {
                queries.add(variable.at("/query/query").asText());
            }
        });
        return queries;
    }

    private record Alert(String name, String expression) {}

    private static List<Alert> alerts() throws IOException {
        Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(ALERTS));
        var alerts = new ArrayList<Alert>();
        for (Object group : (List<?>) root.get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                var fields = (Map<?, ?>) rule;
                assertThat(fields.keySet()).allMatch(Set.of("alert", "expr", "for", "labels", "annotations")::contains);
                alerts.add(new Alert((String) fields.get("alert"), (String) fields.get("expr")));
            }
        }
        return alerts;
    }

    private static List<String> allQueries() throws IOException {
        return Stream.concat(dashboardQueries().stream(), alerts().stream().map(Alert::expression))
                .toList();
    }

    @Test
    void everyNameInAQueryIsPublished() throws Exception {
        Set<String> published = Expected.all().stream()
                .flatMap(meter -> meter.samples().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> labels = labels();
        for (String query : allQueries()) {
            Matcher name = NAME.matcher(query);
            int found = 0;
            while (name.find()) {
                found++;
                assertThat(published.contains(name.group()) || labels.contains(name.group()))
                        .as(name.group() + " in " + query)
                        .isTrue();
            }
            assertThat(found).as(query).isPositive();
        }
    }

    private static Set<String> labels() {
        Set<String> labels = new TreeSet<>(Set.of("le"));
        Expected.all().forEach(meter -> labels.addAll(meter.labels()));
        return labels;
    }

    @Test
    void everyLabelThatAQueryMatchesIsOneOfItsMeter() throws Exception {
        for (String query : allQueries()) {
            Matcher selector = SELECTOR.matcher(query);
            while (selector.find()) {
                Expected meter = meter(selector.group(1));
                Matcher matcher = MATCHER.matcher(selector.group(2));
                while (matcher.find()) {
                    assertThat(meter.labels()).as(query).contains(matcher.group(1));
                }
            }
            Matcher grouping = GROUPING.matcher(query);
            while (grouping.find()) {
                for (String label : grouping.group(1).split(",\\s*")) {
                    assertThat(labels()).as(query).contains(label);
                }
            }
        }
    }

    private static Expected meter(String sample) {
        return Expected.all().stream()
                .filter(meter -> meter.samples().contains(sample))
                .findFirst()
                .orElseThrow(() -> new AssertionError(sample + " is not published"));
    }

    /** A state that is misspelt would never be true. */
    @Test
    void everyStateThatAQueryAsksForIsOneThatThereIs() throws Exception {
        var fixture = new MetricsFixture() {};
        try (var pool = fixture.fullPool();
                var metrics = MetricsFixture.bindAll(pool, fixture.registry)) {
            PrometheusText text = fixture.scrape(metrics);
            for (String query : allQueries()) {
                Matcher selector = SELECTOR.matcher(query);
                while (selector.find()) {
                    Matcher matcher = MATCHER.matcher(selector.group(2));
                    while (matcher.find()) {
                        String value = matcher.group(3);
                        if (value.isEmpty() || value.startsWith("$")) {
                            continue;
                        }
                        for (String each : value.split("\\|")) {
                            assertThat(text.all(selector.group(1), matcher.group(1), each))
                                    .as(query)
                                    .isNotEmpty();
                        }
                    }
                }
            }
        }
    }

    @Test
    void theDashboardShowsAllThatCenotePublishes() throws Exception {
        String queries = String.join("\n", dashboardQueries());
        assertThat(Stream.concat(Expected.DATABASE.stream(), Expected.CENOTE.stream())
                        .map(Expected::prometheus)
                        .filter(name -> !queries.contains(name)))
                .as("not shown, because something else says it")
                .containsExactlyInAnyOrder(
                        "db_client_connection_idle_max",
                        "db_client_connection_idle_min",
                        "cenote_pool_state",
                        "cenote_pool_generation",
                        "cenote_pool_circuit_opened_total");
    }

    @Test
    void everyPanelHasItsPlaceAndAsksTheChosenSourceForTheChosenPools() throws Exception {
        JsonNode panels = new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels");
        var ids = new TreeSet<Integer>();
        var cells = new TreeSet<String>();
        for (JsonNode panel : panels) {
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            JsonNode place = panel.get("gridPos");
            for (int x = place.get("x").asInt();
                    x < place.get("x").asInt() + place.get("w").asInt();
                    x++) {
                for (int y = place.get("y").asInt();
                        y < place.get("y").asInt() + place.get("h").asInt();
                        y++) {
                    assertThat(x).isLessThan(24);
                    assertThat(cells.add(x + "," + y))
                            .as(panel.get("title").asText())
                            .isTrue();
                }
            }
            if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.get("targets"))
                        .isNotEmpty()
                        .allSatisfy(target -> assertThat(target.get("expr").asText())
                                .contains("db_client_connection_pool_name=~\"$pool\""));
            }
        }
    }

    @Test
    void everyAlertIsInThePageAndTheOtherWayRound() throws Exception {
        var listed = new ArrayList<String>();
        Matcher row = Pattern.compile("(?m)^\\| `(Cenote\\w+)` \\|").matcher(Files.readString(PAGE));
        while (row.find()) {
            listed.add(row.group(1));
        }
        assertThat(alerts()).extracting(Alert::name).containsExactlyElementsOf(listed);
    }
}
