package dev.cenote.cli.demo;

import dev.cenote.PoolRegistry;
import dev.cenote.mongo.MongoPool;
import dev.cenote.mysql.MySqlPool;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.PoolStats;
import dev.cenote.redis.RedisPool;
import dev.cenote.testkit.servers.TestServers.Product;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs the load and the outages, and tells how it goes. */
final class Demo {
    /** A workload and what was seen of it. */
    private record Course<C extends Connection>(Workload<C> workload, Tally tally) {}

    /** What is done: for how long, by so many threads on each backend, and whether servers fail. */
    record Load(Duration duration, int threads, boolean outages) {}

    private static final Duration TO_BEGIN = Duration.ofSeconds(15);

    private final DemoServers servers;
    private final Duration duration;
    private final int threads;
    private final boolean outages;
    private final PrintWriter out;
    private final PoolRegistry pools;

    /** Its pools are in {@code pools} while it runs. */
    Demo(DemoServers servers, Load load, PrintWriter out, PoolRegistry pools) {
        this.servers = servers;
        this.duration = load.duration();
        this.threads = load.threads();
        this.outages = load.outages();
        this.out = out;
        this.pools = pools;
    }

    List<Figures> run() throws InterruptedException {
        List<Course<?>> courses = new ArrayList<>();
        try {
            for (Product product : List.of(Product.POSTGRES, Product.MARIADB, Product.MONGODB, Product.REDIS)) {
                Course<?> course = course(product);
                courses.add(course);
                pools.register(course.workload().pool());
                // The first connection loads the driver, which may take longer than the pools of this demo wait.
                course.workload().pool().acquire(TO_BEGIN).close();
                course.workload().prepare(threads);
            }
            Duration ran = load(courses);
            return courses.stream()
                    .map(course -> Figures.of(course.workload(), course.tally(), ran))
                    .toList();
        } finally {
            pools.close();
        }
    }

    private Course<?> course(Product product) {
        var tally = new Tally();
        String uri = servers.uri(product);
        return switch (product) {
            case POSTGRES ->
                new Course<>(
                        new SqlWorkload(
                                "postgres",
                                PoolSettings.build(
                                        "postgres", PostgresPool.builder().uri(uri), tally)),
                        tally);
            case MONGODB ->
                new Course<>(
                        new MongoWorkload(
                                "mongodb",
                                PoolSettings.build(
                                        "mongodb", MongoPool.builder().uri(uri), tally)),
                        tally);
            case REDIS ->
                new Course<>(
                        new RedisWorkload(
                                "redis",
                                PoolSettings.build("redis", RedisPool.builder().uri(uri), tally)),
                        tally);
            default -> {
                String name = uri.startsWith("mysql:") ? "mysql" : "mariadb";
                yield new Course<>(
                        new SqlWorkload(
                                name,
                                PoolSettings.build(name, MySqlPool.builder().uri(uri), tally)),
                        tally);
            }
        };
    }

    private Duration load(List<Course<?>> courses) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        var stop = new CountDownLatch(1);
        List<Thread> workers = new ArrayList<>();
        for (Course<?> course : courses) {
            for (int worker = 0; worker < threads; worker++) {
                workers.add(start(course, worker, stop));
            }
        }
        Thread disturber = new Thread(new Outages(servers, duration, stop, this::say), "demo-outages");
        if (outages) {
            disturber.start();
        }
        try {
            watch(courses, start, end);
        } finally {
            stop.countDown();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        disturber.join();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static <C extends Connection> Thread start(Course<C> course, int number, CountDownLatch stop) {
        var thread = new Thread(
                new Worker<>(course.workload(), course.tally(), number, stop),
                "demo-" + course.workload().name() + "-" + number);
        thread.start();
        return thread;
    }

    private void watch(List<Course<?>> courses, long start, long end) throws InterruptedException {
        long[] before = new long[courses.size()];
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(1_000_000_000L, end - now));
            var line = new StringBuilder("%4d s".formatted((System.nanoTime() - start) / 1_000_000_000));
            for (int i = 0; i < before.length; i++) {
                Course<?> course = courses.get(i);
                long operations = course.tally().operations();
                line.append(live(course, operations - before[i]));
                before[i] = operations;
            }
            say(line.toString());
        }
    }

    private static String live(Course<?> course, long operations) {
        PoolStats stats = course.workload().pool().stats();
        String circuit = course.workload()
                .pool()
                .circuit()
                .map(breaker -> breaker.state().name().toLowerCase(java.util.Locale.ROOT))
                .filter(state -> !state.equals("closed"))
                .map(state -> " circuit " + state)
                .orElse("");
        return "  | %s %,6d/s %d+%d/%d wait %d%s"
                .formatted(
                        course.workload().name(),
                        operations,
                        stats.leased(),
                        stats.idle(),
                        stats.maxSize(),
                        stats.waiters(),
                        circuit);
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
