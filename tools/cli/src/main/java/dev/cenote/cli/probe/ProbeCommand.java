package dev.cenote.cli.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.cenote.Pools;
import dev.cenote.cli.ExitStatus;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.jdbc.Sql;
import dev.cenote.mongo.MongoOperations;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.pool.PoolOptions;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.redis.RedisOperations;
import dev.cenote.redis.RedisPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code probe}. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Connects to a database and tells what is there, how far away, and what a pool would do by default.",
            "What is wrong with a URI or a server is told in one line, without its password; the exit status is 2 then."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cenote probe redis://localhost:6379",
            "  cenote probe 'postgres://app:secret@db.example/shop?sslmode=require&pool.maxSize=20'"
        })
public final class ProbeCommand implements Callable<Integer> {
    private static final int PINGS = 20;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "URI", description = "The database, as Pools.open takes it.")
    private String uri = "";

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    /** For picocli. */
    public ProbeCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        PoolUri parsed = PoolUri.parse(uri);
        Map<String, Object> findings = new LinkedHashMap<>();
        try (Pool<?> pool = Pools.open(impatient(parsed))) {
            ServerInfo server = ask(pool, parsed);
            findings.put("uri", parsed.toString());
            findings.put("server", server.product());
            findings.put("version", server.version());
            findings.put("tls", server.tls());
            long[] micros = roundTrips(pool);
            findings.put("roundTripMinMicros", micros[0]);
            findings.put("roundTripMedianMicros", micros[micros.length / 2]);
            if (pool instanceof ResilientPool<?> resilient) {
                findings.put("pool", describe(resilient));
            }
        }
        if (json) {
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(findings));
        } else {
            print(out, findings);
        }
        out.flush();
        return ExitStatus.OK;
    }

    /** The URI with a connect time-out short enough for the reason of a failure to be known before the acquire ends. */
    private String impatient(PoolUri parsed) {
        if (parsed.poolParameters().containsKey("connectTimeout")) {
            return uri;
        }
        return uri + (uri.contains("?") ? "&" : "?") + "pool.connectTimeout=2s";
    }

    private static ServerInfo ask(Pool<?> pool, PoolUri parsed) {
        try {
            return Questions.ask(pool, parsed);
        } catch (AcquireTimeoutException late) {
            String reason =
                    late.lastConnectFailure().map(CenoteException::describe).orElse("no answer");
            throw new CenoteException(
                    "cannot connect to " + parsed + " within " + late.waited().toSeconds() + " s: " + reason
                            + "; is there a " + parsed.scheme() + " server at "
                            + parsed.hosts().get(0) + "?",
                    late);
        }
    }

    private static long[] roundTrips(Pool<?> pool) {
        var micros = new long[PINGS];
        ping(pool);
        for (int i = 0; i < PINGS; i++) {
            long start = System.nanoTime();
            ping(pool);
            micros[i] = (System.nanoTime() - start) / 1_000;
        }
        Arrays.sort(micros);
        return micros;
    }

    private static void ping(Pool<?> pool) {
        if (pool instanceof PostgresPool postgres) {
            postgres.execute(Sql.queryOne("select 1", row -> row.getInt(1)));
        } else if (pool instanceof MySqlPool mysql) {
            mysql.execute(Sql.queryOne("select 1", row -> row.getInt(1)));
        } else if (pool instanceof RedisPool redis) {
            redis.execute(RedisOperations.ping());
        } else if (pool instanceof MongoPool mongo) {
            mongo.execute(MongoOperations.findOne("cenote_probe", new Document("_id", 0)));
        }
    }

    private static Map<String, Object> describe(ResilientPool<?> pool) {
        PoolOptions options = pool.options();
        var words = new LinkedHashMap<String, Object>();
        words.put(
                "size",
                options.minSize() + " to " + options.maxSize() + ", connecting at most " + options.maxConnecting()
                        + " at a time");
        words.put("acquire", "waits up to " + time(options.acquireTimeout()) + " for a connection");
        words.put("connect", "takes up to " + time(options.connectTimeout()));
        words.put(
                "operation",
                "takes up to " + time(options.operationTimeout()) + ", a whole call " + time(pool.callTimeout()));
        words.put("validate", "after " + time(options.validateAfterIdle()) + " idle");
        words.put(
                "lifetime",
                or(options.maxLifetime(), "unlimited") + ", idle " + or(options.idleTimeout(), "unlimited")
                        + ", keepalive every " + or(options.keepaliveInterval(), "never"));
        words.put("retry and circuit", "none unless given: pool.maxRetries, pool.failureThreshold");
        return words;
    }

    private static String or(Optional<Duration> time, String otherwise) {
        return time.map(ProbeCommand::time).orElse(otherwise);
    }

    private static String time(Duration time) {
        return time.toMillis() < 1_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    private static void print(PrintWriter out, Map<String, Object> findings) {
        out.printf("%-12s %s%n", "uri", findings.get("uri"));
        out.printf("%-12s %s %s%n", "server", findings.get("server"), findings.get("version"));
        out.printf("%-12s %s%n", "TLS", findings.get("tls"));
        out.printf(
                "%-12s %s us at best, %s us in the median of %d%n",
                "round trip", findings.get("roundTripMinMicros"), findings.get("roundTripMedianMicros"), PINGS);
        if (findings.get("pool") instanceof Map<?, ?> pool) {
            out.println("A pool with these options:");
            pool.forEach((name, words) -> out.printf("  %-18s %s%n", name, words));
        }
    }
}
