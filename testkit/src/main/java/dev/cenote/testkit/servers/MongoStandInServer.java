package dev.cenote.testkit.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The stand-in for MongoDB, in a JVM of its own so that it can be killed and paused. It keeps its data in memory. */
final class MongoStandInServer extends EmbeddedServer {
    MongoStandInServer(ServerOptions options) {
        super("MongoDB", options);
        if (options.password().isPresent()) {
            throw new IllegalArgumentException("password must be empty for MongoDB's stand-in, was given");
        }
        if (!options.arguments().isEmpty()) {
            throw new IllegalArgumentException(
                    "arguments must be empty for MongoDB's stand-in, was " + options.arguments());
        }
    }

    @Override
    public String uri() {
        return "mongodb://" + host() + ":" + port() + "/test" + (hasTls() ? "?tls=true" : "");
    }

    @Override
    public boolean keepsData() {
        return false;
    }

    @Override
    void prepare(Path folder) {}

    @Override
    List<String> command(Path folder) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absoluteClassPath(),
                MongoStandIn.class.getName(),
                String.valueOf(port())));
        tls().ifPresent(own ->
                command.addAll(List.of(own.certificate().toString(), own.key().toString())));
        return command;
    }

    /** The class path of this JVM; made absolute because the child runs in a folder of its own. */
    private static String absoluteClassPath() {
        String separator = System.getProperty("path.separator");
        return java.util.Arrays.stream(System.getProperty("java.class.path").split(separator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(java.util.stream.Collectors.joining(separator));
    }

    @Override
    boolean isReady(ServerProcess started, Path folder) {
        return accepts();
    }
}
