package dev.cenote.testkit.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Redis, without persistence. */
class RedisServer extends EmbeddedServer {
    private final boolean appends;

    RedisServer(ServerOptions options) {
        super("Redis", options);
        this.appends = options.arguments().contains("--appendonly");
    }

    @Override
    public String uri() {
        return (hasTls() ? "rediss://" : "redis://")
                + password().map(secret -> ":" + secret + "@").orElse("") + host() + ":" + port();
    }

    @Override
    public boolean keepsData() {
        return appends;
    }

    @Override
    void prepare(Path folder) throws IOException {}

    @Override
    List<String> command(Path folder) throws IOException {
        var command =
                new ArrayList<>(List.of(executable(), "--bind", host(), "--save", "", "--dir", folder.toString()));
        command.addAll(listening());
        password().ifPresent(secret -> command.addAll(List.of("--requirepass", secret)));
        return command;
    }

    static String executable() throws IOException {
        Path home = ServerFiles.cached(
                "redis-7.0.15",
                made -> Archives.copyExecutable("/redis-server-7.0.15-linux-amd64", made.resolve("redis-server")));
        return home.resolve("redis-server").toString();
    }

    private List<String> listening() {
        return tls().map(this::encrypted).orElseGet(() -> List.of("--port", String.valueOf(port())));
    }

    private List<String> encrypted(TestCertificate own) {
        return List.of(
                "--port",
                "0",
                "--tls-port",
                String.valueOf(port()),
                "--tls-auth-clients",
                "no",
                "--tls-cert-file",
                own.certificate().toString(),
                "--tls-key-file",
                own.key().toString(),
                "--tls-ca-cert-file",
                own.certificate().toString());
    }

    /** With TLS it sends nothing to one who makes no handshake: that it accepts must do. */
    @Override
    boolean isReady(ServerProcess started, Path folder) {
        return hasTls() ? accepts() : talks("PING\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
