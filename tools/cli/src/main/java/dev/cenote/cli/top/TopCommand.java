package dev.cenote.cli.top;

import dev.cenote.cli.ExitStatus;
import dev.cenote.cli.Json;
import dev.cenote.cli.Lines;
import dev.cenote.cli.Version;
import dev.cenote.protocols.errors.ConfigurationException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code top}. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Shows pools as they are, again and again: sizes, who waits, rates, what is suspected.",
            "",
            "Those of a dashboard, of another JVM by JMX (pools built with the option jmx), or one that is opened for it,"
                    + " beside the connections that its server counts.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all pools were up when last seen",
            "1:one was not",
            "2:wrong arguments, or nobody there that could be asked"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cenote top --http 'http://127.0.0.1:8090/#token=...'",
            "  cenote top --jmx app.example:9010",
            "  cenote top --once --json postgres://app:secret@db.example/shop"
        })
public final class TopCommand implements Callable<Integer> {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "URI", description = "Opens a pool on that database.")
    private @Nullable String uri;

    @Option(names = "--http", paramLabel = "URL", description = "Asks the dashboard at that address.")
    private @Nullable String http;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "The dashboard's token, if the address has none. Default: CENOTE_DASHBOARD_TOKEN of the environment.")
    private @Nullable String token = System.getenv("CENOTE_DASHBOARD_TOKEN");

    @Option(names = "--jmx", paramLabel = "HOST:PORT", description = "Asks the beans of that JVM.")
    private @Nullable String jmx;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who asks the beans, where JMX wants to know. The password is " + JmxSource.PASSWORD
                    + " of the environment.")
    private @Nullable String user;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "How long to wait between two looks. Default: ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ofSeconds(1);

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many tables. Default: goes on.")
    private @Nullable Integer count;

    @Option(names = "--once", description = "Shows one table: looks twice, since rates need it, and ends.")
    private boolean once;

    @Option(names = "--json", description = "Prints JSON, one document for each look.")
    private boolean json;

    private final Map<String, PoolRow.Totals> before = new HashMap<>();
    private long beforeNanos;

    /** For picocli. */
    public TopCommand() {}

    @Override
    public Integer call() throws Exception {
        if (Stream.of(uri, http, jmx).filter(java.util.Objects::nonNull).count() != 1) {
            throw new ConfigurationException("one of URI, --http and --jmx must be given, and only one");
        }
        if (user != null && jmx == null) {
            throw new ConfigurationException("user is for --jmx only");
        }
        if (interval.compareTo(Duration.ofMillis(100)) < 0) {
            throw new ConfigurationException("interval must be >= 100 ms, was " + interval.toMillis() + " ms");
        }
        if (count != null && count < 1) {
            throw new ConfigurationException("count must be >= 1, was " + count);
        }
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        try (Source source = source()) {
            return watch(source, out);
        }
    }

    private Source source() throws Exception {
        if (http != null) {
            return new HttpSource(http, token);
        }
        return jmx != null
                ? JmxSource.connect(jmx, user, System.getenv(JmxSource.PASSWORD))
                : new PoolSource(java.util.Objects.requireNonNull(uri));
    }

    private int watch(Source source, PrintWriter out) throws Exception {
        Optional<Integer> tables = once ? Optional.of(1) : Optional.ofNullable(count);
        Optional<String> server = source.server();
        List<PoolRow> rows = source.read();
        note(rows);
        boolean inPlace = !json && tables.isEmpty() && System.console() != null;
        for (int shown = 0; tables.isEmpty() || shown < tables.get(); shown++) {
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            server = source.server();
            rows = source.read();
            Map<String, TopTable.Rates> rates = rates(rows);
            if (json) {
                out.println(Json.of(document(source, server, rows, rates)));
            } else {
                out.print(inPlace ? HOME_AND_CLEAR : "");
                out.println("cenote top  " + Lines.printable(source.name()) + "  "
                        + LocalTime.now().truncatedTo(ChronoUnit.SECONDS));
                server.map(Lines::printable).ifPresent(out::println);
                out.println();
                out.println(new TopTable(rows, rates).text());
            }
            // Nobody reads any more; standard output keeps its trouble to itself.
            if (out.checkError() || System.out.checkError()) {
                break;
            }
        }
        return rows.stream().allMatch(PoolRow::isUp) ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private void note(List<PoolRow> rows) {
        before.clear();
        rows.forEach(row -> before.put(row.name(), row.totals()));
        beforeNanos = System.nanoTime();
    }

    private Map<String, TopTable.Rates> rates(List<PoolRow> rows) {
        double seconds = Math.max(1, System.nanoTime() - beforeNanos) / 1e9;
        var rates = new HashMap<String, TopTable.Rates>();
        for (PoolRow row : rows) {
            PoolRow.Totals last = before.get(row.name());
            if (last != null) {
                rates.put(row.name(), TopTable.Rates.of(row.totals().since(last), seconds));
            }
        }
        note(rows);
        return rates;
    }

    private static Map<String, Object> document(
            Source source, Optional<String> server, List<PoolRow> rows, Map<String, TopTable.Rates> rates) {
        var document = new LinkedHashMap<String, Object>();
        document.put("source", source.name());
        document.put("server", server.orElse(null));
        var pools = new ArrayList<Map<String, Object>>();
        rows.forEach(row -> pools.add(fields(row, Optional.ofNullable(rates.get(row.name())))));
        document.put("pools", pools);
        return document;
    }

    private static Map<String, Object> fields(PoolRow row, Optional<TopTable.Rates> rates) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", row.name());
        fields.put("state", row.state());
        fields.put("health", row.health());
        fields.put("reason", row.reason());
        fields.put("leased", row.sizes().leased());
        fields.put("idle", row.sizes().idle());
        fields.put("connecting", row.sizes().connecting());
        fields.put("maxSize", row.sizes().maxSize());
        fields.put("waiters", row.sizes().waiters());
        fields.put("acquired", row.totals().acquired());
        fields.put("timedOut", row.totals().timedOut());
        fields.put("failed", row.totals().failed());
        fields.put("created", row.totals().created());
        fields.put("acquiresPerSecond", rates.map(TopTable.Rates::acquired).orElse(null));
        fields.put("timeoutsPerSecond", rates.map(TopTable.Rates::timedOut).orElse(null));
        fields.put("failuresPerSecond", rates.map(TopTable.Rates::failed).orElse(null));
        fields.put("createdPerSecond", rates.map(TopTable.Rates::created).orElse(null));
        fields.put("waitP99Millis", row.waitP99Millis().orElse(null));
        fields.put("useP99Millis", row.useP99Millis().orElse(null));
        fields.put("circuit", row.circuit().orElse(null));
        fields.put("suspicions", row.suspicions());
        return fields;
    }
}
