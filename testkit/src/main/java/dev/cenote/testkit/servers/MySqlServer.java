package dev.cenote.testkit.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Oracle's MySQL. Its binaries are large, so that they are there only under the Maven profile {@code mysql}, which
 * unpacks them and names their folder in the system property {@code cenote.mysql.home}.
 */
final class MySqlServer extends EmbeddedServer {
    MySqlServer(ServerOptions options) {
        super("MySQL", options);
    }

    /** Why it cannot be started here; empty if it can. */
    static Optional<String> unavailable() {
        if (!Files.isExecutable(home().resolve("bin/mysqld"))) {
            return Optional.of("MySQL's binaries are not there: run Maven with -Pmysql");
        }
        try {
            ServerProcess.run(
                    "mysqld",
                    List.of(home().resolve("bin/mysqld").toString(), "--no-defaults", "--version"),
                    home(),
                    "");
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of(
                    "mysqld does not run here; it wants libaio.so.1, Debian's libaio1: " + failure.getMessage());
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("cenote.mysql.home", "mysql-is-not-there"))
                .toAbsolutePath();
    }

    @Override
    public String uri() {
        return "mysql://" + userInfo("root") + host() + ":" + port() + "/test";
    }

    private static List<String> base(Path data) {
        return List.of(
                home().resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + home(),
                "--datadir=" + data,
                "--lc-messages-dir=" + home().resolve("share"),
                "--innodb-use-native-aio=0",
                "--skip-log-bin",
                "--mysqlx=0",
                "--performance-schema=0");
    }

    private static List<String> with(List<String> base, String... more) {
        return java.util.stream.Stream.concat(base.stream(), java.util.stream.Stream.of(more))
                .toList();
    }

    private static Path template() {
        return ServerFiles.cached(
                "mysql-8.0.33-data",
                folder -> ServerProcess.run(
                        "mysqld --initialize", with(base(folder), "--initialize-insecure"), folder, ""));
    }

    @Override
    void prepare(Path folder) throws IOException {
        ServerFiles.copyTree(template(), folder.resolve("data"));
        Files.writeString(
                folder.resolve("init.sql"),
                "CREATE DATABASE IF NOT EXISTS test;\n"
                        + "CREATE USER IF NOT EXISTS 'root'@'%' IDENTIFIED BY '"
                        + password().orElse("") + "';\n"
                        + "GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;\n");
    }

    @Override
    List<String> command(Path folder) {
        // Without TLS of the caller's it keeps the certificate that it made when its data folder was made.
        return with(
                plain(folder),
                tls().map(TestCertificate::mySqlArguments).orElse(List.of()).toArray(String[]::new));
    }

    private List<String> plain(Path folder) {
        return with(
                base(folder.resolve("data")),
                "--init-file=" + folder.resolve("init.sql"),
                "--bind-address=" + host(),
                "--port=" + port(),
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("mysqld.pid"),
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=64M");
    }

    @Override
    boolean isReady(ServerProcess started, Path folder) {
        return greets();
    }
}
