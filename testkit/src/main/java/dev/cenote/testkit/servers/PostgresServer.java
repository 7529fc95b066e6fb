package dev.cenote.testkit.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL. It refuses to run as root, so there it runs in a user namespace of its own. */
final class PostgresServer extends EmbeddedServer {
    PostgresServer(ServerOptions options) {
        super("PostgreSQL", options);
    }

    @Override
    public String uri() {
        return "postgres://" + userInfo("postgres") + host() + ":" + port() + "/postgres";
    }

    private static Path home() {
        return ServerFiles.cached(
                "postgres-18.6.0", folder -> Archives.unpackTarXz("/postgres-linux-x86_64.txz", folder));
    }

    private static List<String> unprivileged(String... command) {
        var all = new ArrayList<String>();
        if (isRoot()) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(List.of(command));
        return all;
    }

    /** Why it cannot be started here; empty if it can. */
    static Optional<String> unavailable() {
        return Namespace.WHY_UNAVAILABLE;
    }

    /** A data folder that lets everybody in, made once and copied for each server. */
    private static Path template() {
        return ServerFiles.cached(
                "postgres-18.6.0-data",
                folder -> ServerProcess.run(
                        "initdb",
                        unprivileged(
                                home().resolve("bin/initdb").toString(),
                                "--auth=trust",
                                "--username=postgres",
                                "--encoding=UTF-8",
                                "--locale=C",
                                "--no-sync",
                                "-D",
                                folder.toString()),
                        folder,
                        ""));
    }

    @Override
    void prepare(Path folder) throws IOException {
        ServerFiles.copyTree(template(), folder.resolve("data"));
        if (tls().isPresent()) {
            copyCertificate(tls().get(), folder.resolve("data"));
        }
        if (password().isPresent()) {
            setPassword(folder, password().get());
        }
    }

    private static void copyCertificate(TestCertificate own, Path data) throws IOException {
        Files.copy(own.certificate(), data.resolve("server.crt"));
        Files.copy(own.key(), data.resolve("server.key"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** In single-user mode, which needs no running server. */
    private static void setPassword(Path folder, String password) throws IOException {
        ServerProcess.run(
                "postgres --single",
                unprivileged(
                        home().resolve("bin/postgres").toString(), "--single", "-F", "-D", data(folder), "postgres"),
                folder,
                "ALTER USER postgres PASSWORD '" + password.replace("'", "''") + "'\n");
        Files.writeString(folder.resolve("data").resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    }

    private static String data(Path folder) {
        return folder.resolve("data").toString();
    }

    @Override
    List<String> command(Path folder) {
        return unprivileged(
                home().resolve("bin/postgres").toString(),
                "-D",
                data(folder),
                "-p",
                String.valueOf(port()),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "ssl=" + (hasTls() ? "on" : "off"));
    }

    @Override
    boolean isReady(ServerProcess started, Path folder) throws IOException {
        Path file = folder.resolve("data").resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() >= 8
                && lines.get(0).strip().equals(String.valueOf(started.pid()))
                && lines.get(7).strip().equals("ready");
    }

    @Override
    String stopSignal() {
        return "INT"; // fast shutdown: sessions are ended with 57P01
    }

    @Override
    String endSignal() {
        return "QUIT"; // immediate shutdown: a kill would leave its segment of System V shared memory behind
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Asked once: whether root may make the user namespace, which some containers forbid. */
    private static final class Namespace {
        static final Optional<String> WHY_UNAVAILABLE = probe();

        private static Optional<String> probe() {
            if (!isRoot()) {
                return Optional.empty();
            }
            try {
                ServerProcess.run("unshare", List.of("unshare", "-U", "true"), Path.of("/"), "");
                return Optional.empty();
            } catch (IOException forbidden) {
                return Optional.of("PostgreSQL refuses to run as root, and `unshare -U` fails here: run the tests as "
                        + "another user, or allow user namespaces; " + forbidden.getMessage());
            }
        }
    }
}
