package dev.cenote.cli.demo;

import dev.cenote.PoolRegistry;
import dev.cenote.cli.ExitStatus;
import dev.cenote.cli.Json;
import dev.cenote.cli.Version;
import dev.cenote.dashboard.Dashboard;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The subcommand {@code demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Runs a mixed load on PostgreSQL, MariaDB, MongoDB and Redis, each through one pool.",
            "Servers for which no URI is given are started here. In the middle PostgreSQL crashes and is restarted, and"
                    + " Redis falls silent for a while. At the end the sum that each database holds must lie between what"
                    + " was acknowledged and what was acknowledged or ended unknown."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all ledgers hold, and no lease leaked",
            "1:a ledger does not hold, or a lease leaked",
            "2:wrong arguments, or a server that cannot be reached or started"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cenote demo --duration 60s",
            "  cenote demo --dashboard --port 8090 --duration 10m",
            "  cenote demo --threads 8 --json demo.json",
            "  cenote demo --no-outage --postgres postgres://app:secret@db.example:5432/shop"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How long the load runs, such as 30s or 2m. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofSeconds(30);

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "8",
            description = "Threads that load each backend. Default: ${DEFAULT-VALUE}.")
    private int threads = 8;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = STANDARD_OUTPUT,
            description = "Writes the figures as JSON to that file too; without a file to the standard output, and"
                    + " all else to the error stream.")
    private @Nullable Path json;

    @Option(names = "--postgres", paramLabel = "URI", description = "Uses that PostgreSQL, undisturbed.")
    private @Nullable String postgres;

    @Option(names = "--mysql", paramLabel = "URI", description = "Uses that MySQL or MariaDB, undisturbed.")
    private @Nullable String mysql;

    @Option(names = "--mongodb", paramLabel = "URI", description = "Uses that MongoDB, undisturbed.")
    private @Nullable String mongodb;

    @Option(names = "--redis", paramLabel = "URI", description = "Uses that Redis, undisturbed.")
    private @Nullable String redis;

    @Option(names = "--no-outage", description = "Disturbs no server.")
    private boolean noOutage;

    @Option(
            names = "--dashboard",
            description = "Shows the pools on a page while the load runs, and prints its address with the token.")
    private boolean dashboard;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The dashboard's port. Default: any that is free.")
    private int port;

    /** For picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() throws Exception {
        if (duration.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new ConfigurationException("duration must be >= 2 s, was " + duration);
        }
        if (threads < 1 || threads > 1_000) {
            throw new ConfigurationException("threads must be between 1 and 1000, was " + threads);
        }
        boolean jsonOnly = json != null && json.toString().equals(STANDARD_OUTPUT);
        PrintWriter standard = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        PrintWriter out = jsonOnly && spec != null ? spec.commandLine().getErr() : standard;
        List<Figures> figures;
        var pools = new PoolRegistry();
        try (pools;
                var page = dashboard ? dashboard(pools, out) : null;
                var servers = new DemoServers(given(), out)) {
            figures = new Demo(servers, new Demo.Load(duration, threads, !noOutage), out, pools).run();
        }
        new Report(out).print(figures);
        if (json != null) {
            String text = Json.of(
                    Map.of("backends", figures.stream().map(Figures::asMap).toList()));
            if (jsonOnly) {
                standard.println(text);
                standard.flush();
            } else {
                Files.writeString(json, text);
            }
        }
        boolean holds = figures.stream().allMatch(each -> each.ledgerHolds() && each.leaked() == 0);
        out.println(holds ? "All ledgers hold, no lease leaked." : "A LEDGER DOES NOT HOLD, OR A LEASE LEAKED.");
        out.flush();
        return holds ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private Dashboard dashboard(PoolRegistry pools, PrintWriter out) {
        Dashboard page = Dashboard.builder().pools(pools).port(port).start();
        out.println("Dashboard: " + page.uri());
        out.flush();
        return page;
    }

    private Map<Product, String> given() {
        var uris = new LinkedHashMap<Product, String>();
        Optional.ofNullable(postgres).ifPresent(uri -> uris.put(Product.POSTGRES, uri));
        Optional.ofNullable(mysql).ifPresent(uri -> uris.put(Product.MARIADB, uri));
        Optional.ofNullable(mongodb).ifPresent(uri -> uris.put(Product.MONGODB, uri));
        Optional.ofNullable(redis).ifPresent(uri -> uris.put(Product.REDIS, uri));
        return uris;
    }
}
