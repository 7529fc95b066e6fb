package dev.cenote.testkit.servers;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A database server for tests. An embedded one can be stopped, killed, paused and restarted; one that was given by its
 * URI cannot, and says so. Used by one thread at a time.
 */
public interface TestServer extends AutoCloseable {
    /** Name of the product, such as {@code PostgreSQL}. */
    String product();

    /** URI of the server and a database on it, credentials included. */
    String uri();

    /** Host it listens on. */
    String host();

    /** Port it listens on. */
    int port();

    /** True if it was started here, and so may be stopped, killed, paused and restarted. */
    boolean isEmbedded();

    /** The PEM file that a client trusts, if it was started {@linkplain ServerOptions#withTls() with TLS}. */
    default Optional<Path> certificate() {
        return Optional.empty();
    }

    /** True if acknowledged writes are still there after {@link #kill} and {@link #start}. */
    boolean keepsData();

    /**
     * Starts it, and waits until it serves; does nothing if it runs. Same port and data each time. An interrupt ends the
     * wait: the server is killed, the interrupt flag stays set.
     *
     * @throws java.io.UncheckedIOException if it ends early, is not ready within 60 s, or the wait is interrupted, with the
     *     last lines of its log; it is then not running
     */
    void start();

    /**
     * Stops it in good order, and waits until it has ended: SIGINT for PostgreSQL, which is its fast shutdown, SIGTERM for
     * the others. A paused one is resumed first.
     *
     * @throws IllegalStateException if it is not running, or does not end within 60 s; it is then killed
     */
    void stop();

    /** Crashes it, and waits until it has gone. */
    void kill();

    /** Makes it silent: connecting still succeeds, replies never come. */
    void pause();

    /** Ends {@link #pause}. */
    void resume();

    /** {@link #kill}, then {@link #start}. */
    default void restart() {
        kill();
        start();
    }

    /** True between {@link #start} and {@link #stop} or {@link #kill}. */
    boolean isRunning();

    /**
     * Ends an embedded server, paused or not, as fast as leaves nothing behind, and deletes its data; leaves another alone.
     * Harmless when repeated. The end of the JVM does the same, also when the JVM is killed.
     */
    @Override
    void close();
}
