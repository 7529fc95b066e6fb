package dev.cenote.cli.probe;

import dev.cenote.Pools;
import dev.cenote.cli.ExitStatus;
import dev.cenote.cli.Json;
import dev.cenote.cli.Version;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.jdbc.Sql;
import dev.cenote.mongo.MongoOperations;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;
import dev.cenote.redis.RedisClusterPool;
import dev.cenote.redis.RedisOperations;
import dev.cenote.redis.RedisPool;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Connects to a database and tells what is there, how far away, and what a pool would do with the options of"
                    + " the URI; warns where they do not fit the server.",
            "",
            "Reads only what the user of the URI may know. A certificate is looked at on a connection of its own, over"
                    + " which no user and no password is sent.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:connected",
            "1:connected, and --strict was given and there is a warning",
            "2:wrong arguments, or a server that cannot be reached or refuses"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cenote probe redis://localhost:6379",
            "  cenote probe 'postgres://app:secret@db.example/shop?sslmode=require&pool.maxSize=20'",
            "  cenote probe --strict --json mongodb://db.example/shop"
        })
public final class ProbeCommand implements Callable<Integer> {
    static final Duration IMPATIENCE = Duration.ofSeconds(5);
    private static final int CONNECTS = 4;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "URI", description = "The database, as Pools.open takes it.")
    private String uri = "";

    @Option(names = "--strict", description = "Ends with 1 if there is a warning.")
    private boolean strict;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    /** For picocli. */
    public ProbeCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        PoolUri parsed = PoolUri.parse(uri);
        ProbeReport report;
        try (Pool<?> pool = Pools.open(impatient(parsed))) {
            report = look(pool, parsed);
        }
        if (json) {
            out.println(Json.of(report.asMap()));
        } else {
            report.print(out);
        }
        out.flush();
        return strict && report.advice().stream().anyMatch(Advice::isWarning) ? ExitStatus.FAILED : ExitStatus.OK;
    }

    /** The URI with a connect time-out short enough for the reason of a failure to be known before the acquire ends. */
    private String impatient(PoolUri parsed) {
        if (parsed.poolParameters().containsKey("connectTimeout")) {
            return uri;
        }
        return uri + (uri.contains("?") ? "&" : "?") + "pool.connectTimeout=4s";
    }

    private static ProbeReport look(Pool<?> pool, PoolUri uri) {
        if (!(pool instanceof ResilientPool<?> resilient)) {
            throw new CenoteException("uri must be that of a backend that probe knows, was " + uri.scheme());
        }
        ServerInfo server = ask(pool, uri);
        Optional<Duration> connect = connectTime(pool, resilient.options().maxSize());
        long[] nanos = roundTrips(pool);
        Optional<TlsLook.Seen> seen = Optional.empty();
        Optional<String> unseen = Optional.empty();
        try {
            seen = TlsLook.at(uri, server.isEncrypted());
        } catch (IOException | GeneralSecurityException hidden) {
            unseen = Optional.of(CenoteException.describe(hidden)).filter(reason -> server.isEncrypted());
        }
        var findings = new Findings(
                uri,
                server,
                seen,
                unseen,
                connect,
                Duration.ofNanos(nanos[0]),
                Duration.ofNanos(nanos[nanos.length / 2]),
                resilient.options());
        return new ProbeReport(findings, resilient.callTimeout(), Adviser.on(findings, Instant.now()));
    }

    private static ServerInfo ask(Pool<?> pool, PoolUri parsed) {
        try {
            return Questions.ask(pool, parsed);
        } catch (AcquireTimeoutException | ConnectionFailedException unreachable) {
            throw Unreachable.of(parsed, unreachable);
        }
    }

    /** The quickest of some more connections: the first one took the time to load the driver too. */
    private static Optional<Duration> connectTime(Pool<?> pool, int maxSize) {
        if (pool instanceof MongoPool) {
            return Optional.empty(); // the driver opens its sockets when they are first used
        }
        var quickest = new AtomicReference<>(IMPATIENCE);
        var told = new Semaphore(0);
        PoolListener listener = event -> {
            if (event instanceof PoolEvent.ConnectionReady ready) {
                quickest.accumulateAndGet(ready.took(), (one, other) -> one.compareTo(other) < 0 ? one : other);
                told.release();
            }
        };
        pool.addListener(listener);
        // While the first was slow to open, others may have been opened beside it.
        int idle = pool.stats().idle();
        int most = Math.min(idle + CONNECTS, maxSize);
        List<Lease<?>> leases = new ArrayList<>();
        try {
            while (leases.size() < most) {
                leases.add(pool.acquire(IMPATIENCE));
            }
        } catch (AcquireTimeoutException full) {
            // What was measured will do.
        } finally {
            leases.forEach(Lease::close);
        }
        awaitEvents(told, most - idle);
        pool.removeListener(listener);
        return Optional.of(quickest.get()).filter(time -> time.compareTo(IMPATIENCE) < 0);
    }

    /** Listeners are told by a thread of their own, later than the lease is there. */
    private static void awaitEvents(Semaphore told, int count) {
        try {
            boolean unused = told.tryAcquire(count, 1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long[] roundTrips(Pool<?> pool) {
        var nanos = new long[ProbeReport.PINGS];
        ping(pool);
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            ping(pool);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static void ping(Pool<?> pool) {
        if (pool instanceof PostgresPool postgres) {
            postgres.execute(Sql.queryOne("select 1", row -> row.getInt(1)));
        } else if (pool instanceof MySqlPool mysql) {
            mysql.execute(Sql.queryOne("select 1", row -> row.getInt(1)));
        } else if (pool instanceof RedisPool redis) {
            redis.execute(RedisOperations.ping());
        } else if (pool instanceof RedisClusterPool cluster) {
            cluster.execute(RedisOperations.ping());
        } else if (pool instanceof MongoPool mongo) {
            mongo.execute(MongoOperations.findOne("cenote_probe", new Document("_id", 0)));
        }
    }
}
