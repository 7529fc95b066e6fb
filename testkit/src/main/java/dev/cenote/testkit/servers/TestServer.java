package dev.cenote.testkit.servers;

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

    /** True if acknowledged writes are still there after {@link #kill} and {@link #start}. */
    boolean keepsData();

    /** Starts it, and waits until it serves; does nothing if it runs. Same port and data each time. */
    void start();

    /** Stops it in good order, and waits until it has ended. */
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

    /** Kills an embedded server and deletes its data; leaves another alone. Harmless when repeated. */
    @Override
    void close();
}
