package dev.cenote.testkit.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Redis, without persistence. */
final class RedisServer extends EmbeddedServer {
    RedisServer(ServerOptions options) {
        super("Redis", options);
    }

    @Override
    public String uri() {
        return "redis://" + password().map(secret -> ":" + secret + "@").orElse("") + host() + ":" + port();
    }

    @Override
    public boolean keepsData() {
        return false;
    }

    @Override
    void prepare(Path folder) {}

    @Override
    List<String> command(Path folder) throws IOException {
        Path home = ServerFiles.cached(
                "redis-7.0.15",
                made -> Archives.copyExecutable("/redis-server-7.0.15-linux-amd64", made.resolve("redis-server")));
        var command = new ArrayList<>(List.of(
                home.resolve("redis-server").toString(),
                "--bind",
                host(),
                "--port",
                String.valueOf(port()),
                "--save",
                "",
                "--dir",
                folder.toString()));
        password().ifPresent(secret -> command.addAll(List.of("--requirepass", secret)));
        return command;
    }

    @Override
    boolean isReady(ServerProcess started, Path folder) {
        return talks("PING\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
