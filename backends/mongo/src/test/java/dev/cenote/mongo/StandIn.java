package dev.cenote.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A stand-in for MongoDB in a JVM of its own, so that it can be paused, killed and started again. As a replica set it
 * answers the commands of sessions and transactions, but rolls nothing back and isolates nothing.
 */
final class StandIn implements AutoCloseable {
    private final int port = freePort();
    private final boolean replicaSet;
    private Process process;

    private StandIn(boolean replicaSet) {
        this.replicaSet = replicaSet;
        this.process = start();
    }

    static StandIn standalone() {
        return new StandIn(false);
    }

    static StandIn replicaSet() {
        return new StandIn(true);
    }

    String uri() {
        return "mongodb://127.0.0.1:" + port;
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void restart() {
        kill();
        process = start();
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + exit);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Process start() {
        try {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Process started = new ProcessBuilder(
                            java,
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StandIn.class.getName(),
                            Integer.toString(port),
                            Boolean.toString(replicaSet))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var out = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("the stand-in did not start");
                }
            }
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The server itself; ends when whoever started it has gone, and its standard input with them. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        var backend =
                Boolean.parseBoolean(arguments[1]) ? new ReplicaSetBackend("127.0.0.1:" + port) : new MemoryBackend();
        var server = new MongoServer(backend);
        server.bind("127.0.0.1", port);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Nothing is ever written; it is the end that counts.
        }
        server.shutdownNow();
    }
}
