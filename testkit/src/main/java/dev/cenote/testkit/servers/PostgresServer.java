package dev.cenote.testkit.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        if (System.getProperty("user.name").equals("root")) {
            all.addAll(List.of("unshare", "-U"));
        }
        all.addAll(List.of(command));
        return all;
    }

    @Override
    void prepare(Path folder) throws IOException {
        Path password = Files.writeString(folder.resolve("password"), password().orElse("unused") + "\n");
        ServerProcess.run(
                "initdb",
                unprivileged(
                        home().resolve("bin/initdb").toString(),
                        "--auth=" + (password().isPresent() ? "scram-sha-256" : "trust"),
                        "--pwfile=" + password,
                        "--username=postgres",
                        "--encoding=UTF-8",
                        "--locale=C",
                        "--no-sync",
                        "-D",
                        data(folder)),
                folder,
                "");
        Files.delete(password);
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
                "fsync=off");
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
}
