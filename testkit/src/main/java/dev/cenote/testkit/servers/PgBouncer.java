package dev.cenote.testkit.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PgBouncer in transaction mode before a PostgreSQL that asks for no password, with one connection to it for all clients: what
 * one leaves behind in a session of the server, the next finds.
 *
 * <p>No Maven artifact brings it: it is taken from the path, and where it is not there, root has {@code apt-get} install the
 * package {@code pgbouncer}.
 */
public final class PgBouncer implements AutoCloseable {
    private final Server server;

    private PgBouncer(Server server) {
        this.server = server;
    }

    /** Why it cannot be started here; empty if it can. */
    public static Optional<String> unavailable() {
        return Found.WHY_UNAVAILABLE;
    }

    /**
     * Starts one before {@code postgres}; closed by the caller.
     *
     * @throws IllegalStateException if it cannot be had here, with the reason
     */
    public static PgBouncer start(TestServer postgres) {
        unavailable().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        var server = new Server(postgres);
        server.start();
        return new PgBouncer(server);
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return server.toString();
    }

    /** The process. */
    private static final class Server extends EmbeddedServer {
        private final TestServer postgres;

        Server(TestServer postgres) {
            super("PgBouncer", ServerOptions.defaults());
            this.postgres = postgres;
        }

        @Override
        public String uri() {
            return "postgres://postgres@" + host() + ":" + port() + "/postgres";
        }

        @Override
        void prepare(Path folder) throws IOException {
            Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"\"\n");
            Files.writeString(
                    folder.resolve("pgbouncer.ini"),
                    String.join(
                            "\n",
                            "[databases]",
                            "* = host=" + postgres.host() + " port=" + postgres.port(),
                            "[pgbouncer]",
                            "listen_addr = " + host(),
                            "listen_port = " + port(),
                            "unix_socket_dir =",
                            "auth_type = trust",
                            "auth_file = " + folder.resolve("users.txt"),
                            "pool_mode = transaction",
                            "default_pool_size = 1",
                            "ignore_startup_parameters = extra_float_digits",
                            ""));
        }

        /** It refuses to run as root, so there it runs in a user namespace of its own. */
        @Override
        List<String> command(Path folder) {
            var command = new ArrayList<String>();
            if (isRoot()) {
                command.addAll(List.of("unshare", "-U"));
            }
            command.add(Found.executable().orElseThrow().toString());
            command.add(folder.resolve("pgbouncer.ini").toString());
            return command;
        }

        @Override
        boolean isReady(ServerProcess started, Path folder) {
            return accepts();
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Looked for once, and installed where that may be. */
    private static final class Found {
        static final Optional<String> WHY_UNAVAILABLE = look();

        static Optional<Path> executable() {
            String path = System.getenv("PATH");
            return Stream.concat(Stream.of((path == null ? "" : path).split(":")), Stream.of("/usr/sbin"))
                    .filter(folder -> !folder.isEmpty())
                    .map(folder -> Path.of(folder, "pgbouncer"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        private static Optional<String> look() {
            if (executable().isEmpty() && isRoot()) {
                install();
            }
            return executable().isPresent()
                    ? TestServers.Product.POSTGRES.unavailable()
                    : Optional.of(
                            "pgbouncer must be in the path: install the package pgbouncer, as apt-get does for root");
        }

        private static void install() {
            try {
                ServerProcess.run(
                        "apt-get install pgbouncer",
                        List.of("apt-get", "install", "-y", "-q", "--no-install-recommends", "pgbouncer"),
                        Path.of("/"),
                        "");
            } catch (IOException failure) {
                System.getLogger(PgBouncer.class.getName())
                        .log(System.Logger.Level.INFO, "pgbouncer cannot be installed", failure);
            }
        }
    }
}
