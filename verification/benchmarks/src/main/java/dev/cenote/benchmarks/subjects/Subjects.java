package dev.cenote.benchmarks.subjects;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** All subjects, by name. */
public final class Subjects {
    /** What the ratios of the report refer to. */
    public static final String REFERENCE = "hikaricp";

    /** Cenote's engine alone. */
    public static final String ENGINE = "cenote-engine";

    /** Cenote's data source. */
    public static final String JDBC = "cenote-jdbc";

    /** No pool: what cannot be beaten. */
    public static final String LOWER_BOUND = "lower-bound";

    private static final String SEMAPHORE_DEQUE = "semaphore-deque";
    private static final String STORMPOT = "stormpot";
    private static final String STORMPOT_NO_EXPIRY = "stormpot-no-expiry";
    private static final int SETTLED_MILLIS = 50;
    private static final Set<String> DATA_SOURCES =
            Set.of(JDBC, REFERENCE, "agroal", "vibur", "dbcp2", "tomcat", "c3p0");

    private static final Map<String, Factory> FACTORIES = new LinkedHashMap<>();

    static {
        FACTORIES.put(ENGINE, CenoteEngine::new);
        FACTORIES.put(JDBC, JdbcPeers::cenote);
        FACTORIES.put(REFERENCE, JdbcPeers::hikari);
        FACTORIES.put("agroal", JdbcPeers::agroal);
        FACTORIES.put("vibur", JdbcPeers::vibur);
        FACTORIES.put("dbcp2", JdbcPeers::dbcp2);
        FACTORIES.put("tomcat", JdbcPeers::tomcat);
        FACTORIES.put("c3p0", JdbcPeers::c3p0);
        FACTORIES.put("commons-pool2", CommonsPool2::new);
        FACTORIES.put(STORMPOT, spec -> stormpot(spec, true));
        FACTORIES.put(STORMPOT_NO_EXPIRY, spec -> stormpot(spec, false));
        FACTORIES.put("reactor-pool", ReactorPool::new);
        FACTORIES.put(SEMAPHORE_DEQUE, SemaphoreDeque::new);
        FACTORIES.put(LOWER_BOUND, LowerBound::new);
    }

    private Subjects() {}

    /** All that run here, Cenote first, baselines last. */
    public static List<String> all() {
        var names = new ArrayList<>(FACTORIES.keySet());
        names.removeIf(name -> unavailable(name).isPresent());
        return names;
    }

    /** Those that open connections as they need them. */
    public static List<String> pools() {
        return all().stream().filter(name -> !isBaseline(name)).toList();
    }

    /** Those that are JDBC data sources. */
    public static List<String> dataSources() {
        return all().stream().filter(DATA_SOURCES::contains).toList();
    }

    /** True for what is no product, but a mark to compare with. */
    public static boolean isBaseline(String name) {
        return name.equals(LOWER_BOUND) || name.equals(SEMAPHORE_DEQUE) || name.endsWith("no-pool");
    }

    /**
     * True for a pool that is not Cenote, as its makers deliver it. Stormpot without expiry is shown and not counted: it never
     * looks how old a connection is, which every other pool does.
     */
    public static boolean isPeer(String name) {
        return !isBaseline(name) && !name.startsWith("cenote") && !name.equals(STORMPOT_NO_EXPIRY);
    }

    /** Why this one does not run here; empty if it does. */
    public static Optional<String> unavailable(String name) {
        if (!name.startsWith(STORMPOT)) {
            return Optional.empty();
        }
        if (Runtime.version().feature() < 21) {
            return Optional.of("needs JDK 21");
        }
        try {
            Class.forName(stormpotClass());
            return Optional.empty();
        } catch (ClassNotFoundException built) {
            return Optional.of("needs a build on JDK 21");
        }
    }

    /** Those that do not run here, with the reason. */
    public static Map<String, String> missing() {
        var missing = new TreeMap<String, String>();
        FACTORIES.keySet().forEach(name -> unavailable(name).ifPresent(reason -> missing.put(name, reason)));
        return missing;
    }

    /** Starts the pool of that name. */
    public static Subject open(String name, PoolSpec spec) throws Exception {
        Factory factory = FACTORIES.get(name);
        if (factory == null) {
            throw new IllegalArgumentException("subject must be one of " + FACTORIES.keySet() + ", was " + name);
        }
        return factory.open(spec);
    }

    /** As {@link #open}, and has all its connections opened before it returns. */
    public static Subject openFull(String name, PoolSpec spec) throws Exception {
        Subject subject = open(name, spec);
        if (name.equals(LOWER_BOUND)) {
            return subject;
        }
        awaitOpened(spec);
        var held = new ArrayList<>();
        for (int i = 0; i < spec.maxSize(); i++) {
            held.add(subject.acquire());
        }
        for (Object each : held) {
            subject.release(each);
        }
        return subject;
    }

    /** Most pools open their least size in the background; Agroal may lose an acquire that comes meanwhile. */
    private static void awaitOpened(PoolSpec spec) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (spec.server().opened() < spec.minSize() && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        Thread.sleep(SETTLED_MILLIS);
    }

    /** Its classes are those of JDK 21, which the compiler of this class may not be able to read. */
    private static Subject stormpot(PoolSpec spec, boolean expires) throws Exception {
        return (Subject) Class.forName(stormpotClass())
                .getConstructor(PoolSpec.class, boolean.class)
                .newInstance(spec, expires);
    }

    private static String stormpotClass() {
        return Subjects.class.getPackageName() + ".StormpotSubject";
    }

    private interface Factory {
        Subject open(PoolSpec spec) throws Exception;
    }
}
