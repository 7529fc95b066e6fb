package dev.cenote.testkit.servers;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The servers that tests use. {@link #start} starts one of the caller's own, to be disturbed at will and closed by the
 * caller; {@link #shared} gives one that all tests of a JVM share and leave well. The shared one is replaced by the server
 * that the environment names: {@code CENOTE_TEST_POSTGRES_URI}, {@code _MARIADB_URI}, {@code _MYSQL_URI}, {@code
 * _REDIS_URI}, {@code _MONGODB_URI}.
 *
 * <p>Embedded servers run on Linux, x86-64, as root or not, and listen on loopback only. Thread-safe.
 */
public final class TestServers {
    /** The products. */
    public enum Product {
        /** PostgreSQL 18. */
        POSTGRES("PostgreSQL", 5432),
        /** MariaDB 11.4. */
        MARIADB("MariaDB", 3306),
        /** Oracle's MySQL 8.0, under the Maven profile {@code mysql}. */
        MYSQL("MySQL", 3306),
        /** Redis 7.0. */
        REDIS("Redis", 6379),
        /** A stand-in for MongoDB: no real one can be brought by Maven. */
        MONGODB("MongoDB", 27017);

        private final String title;
        private final int port;

        Product(String title, int port) {
            this.title = title;
            this.port = port;
        }

        /** The URI that the environment gives for this product, if it does. */
        public Optional<String> externalUri() {
            String uri = System.getenv("CENOTE_TEST_" + name() + "_URI");
            return uri == null || uri.isBlank() ? Optional.empty() : Optional.of(uri.strip());
        }

        /** Why an embedded server of this product cannot be started here; empty if it can. */
        public Optional<String> unavailable() {
            if (!System.getProperty("os.name").equals("Linux")
                    || !System.getProperty("os.arch").equals("amd64")) {
                return Optional.of(
                        "embedded servers run on Linux x86-64; give a server by CENOTE_TEST_" + name() + "_URI");
            }
            return switch (this) {
                case POSTGRES -> PostgresServer.unavailable();
                case MYSQL -> MySqlServer.unavailable();
                default -> Optional.empty();
            };
        }
    }

    private static final Map<Product, TestServer> SHARED = new EnumMap<>(Product.class);

    private TestServers() {}

    /** Starts a server of the caller's own. */
    public static TestServer start(Product product) {
        return start(product, ServerOptions.defaults());
    }

    /**
     * Starts a server of the caller's own.
     *
     * @throws IllegalStateException if it cannot be had here, with the reason
     * @throws IllegalArgumentException if this product has no such option: the stand-in for MongoDB has neither passwords nor
     *     arguments
     */
    public static TestServer start(Product product, ServerOptions options) {
        TestServer server = create(product, options);
        server.start();
        return server;
    }

    /** As {@link #start}, not started yet. */
    public static TestServer create(Product product, ServerOptions options) {
        product.unavailable().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        return switch (product) {
            case POSTGRES -> new PostgresServer(options);
            case MARIADB -> new MariaDbServer(options);
            case MYSQL -> new MySqlServer(options);
            case REDIS -> new RedisServer(options);
            case MONGODB -> new MongoStandInServer(options);
        };
    }

    /** The server that the tests of this JVM share; started when first asked for. Not to be stopped or closed. */
    public static TestServer shared(Product product) {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(
                    product,
                    wanted -> wanted.externalUri()
                            .<TestServer>map(uri -> new ExternalServer(wanted.title, uri, wanted.port))
                            .orElseGet(() -> start(wanted)));
        }
    }
}
