package dev.cenote.cli.bench;

import dev.cenote.Pools;
import dev.cenote.cli.ExitStatus;
import dev.cenote.cli.Json;
import dev.cenote.cli.Version;
import dev.cenote.cli.probe.Unreachable;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Finds the pool size: runs one query with many callers at several pool sizes, prints throughput and p99 at"
                    + " each, and recommends a size.",
            "",
            "The rule: of the sizes whose throughput (median of the rounds, which run in shuffled order) is within the"
                    + " tolerance of the best, the smallest; a larger one only if its p99 is lower by more than a"
                    + " quarter in every round. No size is recommended where the rounds disagree by more than one step"
                    + " or by more than a fifth, or throughput still rises at the largest size.",
            "",
            "Each call acquires a connection, runs the query and releases; a caller calls again at once. Only reads are"
                    + " run unless --writes is given.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:a size is recommended",
            "1:it ran, and no size can be recommended: noisy, still rising, or too many failures",
            "2:wrong arguments, or a server that cannot be reached or refuses the query"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cenote bench postgres://app:secret@db.example/shop --query 'select * from orders where id = 7'",
            "  cenote bench redis://localhost --query 'GET key' --sizes 1,2,4,8 --callers 16",
            "  cenote bench mongodb://localhost/shop --query '{find: \"users\", filter: {_id: 1}}'",
            "  cenote bench mariadb://root@localhost/shop --rounds 5 --chart curve.svg --json"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final List<Integer> SIZES = List.of(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128);
    private static final int MOST = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "URI", description = "The database, as Pools.open takes it.")
    private String uri = "";

    @Option(
            names = "--query",
            paramLabel = "TEXT",
            description = "What each call runs: SQL, a Redis command, or a MongoDB command as JSON. Default: select 1,"
                    + " PING, {ping: 1}.")
    private @Nullable String query;

    @Option(names = "--writes", description = "Lets the query write. It is run many thousand times.")
    private boolean writes;

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            description = "Pool sizes, such as 1,2,4,8. Default: 1,2,3,4,6,8,12,16,... up to the callers.")
    private @Nullable List<Integer> sizes;

    @Option(
            names = {"--callers", "--threads"},
            paramLabel = "N",
            defaultValue = "32",
            description = "Threads that call. Default: ${DEFAULT-VALUE}.")
    private int callers = 32;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "2s",
            description = "How long each size is measured in each round. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofSeconds(2);

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "500ms",
            description = "How long the load runs before each measurement; ten times that at the very beginning."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ofMillis(500);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each size is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "5",
            description = "Share of the best throughput to give up for a smaller pool. Default: ${DEFAULT-VALUE}.")
    private double tolerance = 5;

    @Option(names = "--chart", paramLabel = "FILE", description = "Draws the curve too: .png or .svg.")
    private @Nullable Path chart;

    @Option(names = "--ascii", description = "Draws the plot in ASCII, whatever the terminal.")
    private boolean ascii;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--quiet", description = "Tells no progress on the error stream.")
    private boolean quiet;

    /** For picocli. */
    public BenchCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        var target = new BenchUri(uri);
        Load load = prepare(target);
        var plan = new Course.Plan(sizes(), rounds, warmUp, duration);
        var meter = new Meter(target, load, callers);
        say("%d sizes, %d rounds, about %d s"
                .formatted(
                        plan.sizes().size(),
                        rounds,
                        plan.total().plus(warmUp.multipliedBy(10)).toSeconds() + 1));
        meter.measure(Math.min(2, callers), warmUp.multipliedBy(9), warmUp);
        var course = new Course(plan, meter, this::say);
        List<Point> points = course.run(new Random());
        Recommendation recommendation = new KneeRule(tolerance / 100, callers).apply(points);
        List<String> notes = Notes.of(
                target, points, course.unreachable(), Runtime.getRuntime().availableProcessors());
        var report = new BenchReport(target.parsed(), load.words(), callers, plan, points, recommendation, notes);
        print(report);
        return recommendation.size().isPresent() ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private void check() {
        require(callers >= 1 && callers <= MOST, "callers must be between 1 and 1000, was " + callers);
        require(rounds >= 1 && rounds <= 100, "rounds must be between 1 and 100, was " + rounds);
        require(tolerance > 0 && tolerance < 50, "tolerance must be above 0 and below 50, was " + tolerance);
        require(duration.toMillis() >= 100, "duration must be >= 100 ms, was " + duration);
        require(!warmUp.isNegative(), "warm-up must not be negative, was " + warmUp);
        for (int size : sizes()) {
            require(size >= 1 && size <= MOST, "sizes must be between 1 and 1000, was " + size);
        }
        if (chart != null) {
            CurveChart.check(chart);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigurationException(otherwise);
        }
    }

    private List<Integer> sizes() {
        Stream<Integer> wanted = sizes == null
                ? Stream.concat(SIZES.stream().filter(size -> size < callers), Stream.of(callers))
                : sizes.stream();
        return wanted.distinct().sorted().toList();
    }

    /** Makes one call, so that what is wrong with server or query is told before anything is measured. */
    private Load prepare(BenchUri target) {
        try (Pool<?> pool = Pools.open(target.toTry())) {
            pool.acquire(PATIENCE).close();
            // A command of Redis is looked up by the server, on another connection.
            Load load = Load.of(pool, Optional.ofNullable(query), writes);
            try (Lease<?> once = pool.acquire()) {
                load.call(once);
            }
            return load;
        } catch (AcquireTimeoutException | ConnectionFailedException unreachable) {
            throw Unreachable.of(target.parsed(), unreachable);
        }
    }

    private void say(String line) {
        if (!quiet && spec != null) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(line);
            err.flush();
        }
    }

    private void print(BenchReport report) throws IOException {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(report.asMap()));
        } else {
            out.print(report.asText(ascii ? CurvePlot.Glyphs.ASCII : Terminal.glyphs()));
        }
        if (chart != null && !report.points().isEmpty()) {
            CurveChart.write(chart, report.query(), report.points(), report.recommendation());
            say("chart written to " + chart);
        } else if (chart != null) {
            say("no chart: nothing could be measured");
        }
        out.flush();
    }
}
