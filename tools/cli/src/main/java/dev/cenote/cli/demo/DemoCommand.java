package dev.cenote.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.cenote.cli.ExitStatus;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.IOException;
import java.io.PrintWriter;
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
        sortOptions = false,
        description = {
            "Runs a mixed load on PostgreSQL, MariaDB, MongoDB and Redis, each through one pool.",
            "Servers for which no URI is given are started here. In the middle PostgreSQL crashes and is restarted, and"
                    + " Redis falls silent for a while. At the end the sum that each database holds must lie between what"
                    + " was acknowledged and what was acknowledged or ended unknown."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cenote demo --duration 60s",
            "  cenote demo --threads 8 --json demo.json",
            "  cenote demo --no-outage --postgres postgres://app:secret@db.example:5432/shop"
        })
public final class DemoCommand implements Callable<Integer> {
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

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures to that file too.")
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
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        List<Figures> figures;
        try (var servers = new DemoServers(given(), out)) {
            figures = new Demo(servers, duration, threads, !noOutage, out).run();
        }
        new Report(out).print(figures);
        if (json != null) {
            write(json, figures);
        }
        boolean holds = figures.stream().allMatch(each -> each.ledgerHolds() && each.leaked() == 0);
        out.println(holds ? "All ledgers hold, no lease leaked." : "A LEDGER DOES NOT HOLD, OR A LEASE LEAKED.");
        out.flush();
        return holds ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private Map<Product, String> given() {
        var uris = new LinkedHashMap<Product, String>();
        Optional.ofNullable(postgres).ifPresent(uri -> uris.put(Product.POSTGRES, uri));
        Optional.ofNullable(mysql).ifPresent(uri -> uris.put(Product.MARIADB, uri));
        Optional.ofNullable(mongodb).ifPresent(uri -> uris.put(Product.MONGODB, uri));
        Optional.ofNullable(redis).ifPresent(uri -> uris.put(Product.REDIS, uri));
        return uris;
    }

    private static void write(Path file, List<Figures> figures) throws IOException {
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(
                        file.toFile(),
                        Map.of("backends", figures.stream().map(Figures::asMap).toList()));
    }
}
