package dev.cenote.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server started here. Each product says how it is prepared, started, and seen to be ready. */
abstract class EmbeddedServer implements TestServer {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_NANOS = 5_000_000;

    private final String product;
    private final ServerOptions options;
    private final int port = FreePort.choose();
    private @Nullable Path folder;
    private @Nullable ServerProcess process;
    private boolean paused;

    EmbeddedServer(String product, ServerOptions options) {
        this.product = product;
        this.options = options;
    }

    /** Makes the data folder of a new server. */
    abstract void prepare(Path folder) throws IOException;

    /** The command line, without the caller's own arguments. */
    abstract List<String> command(Path folder) throws IOException;

    /** True once the started server serves. */
    abstract boolean isReady(ServerProcess started, Path folder) throws IOException;

    /** Signal that stops it in good order. */
    String stopSignal() {
        return "TERM";
    }

    /** Signal that ends it when nobody wants its data any more, and that leaves nothing behind. */
    String endSignal() {
        return "KILL";
    }

    /** The number of the server's own process. */
    synchronized long pid() {
        return running().pid();
    }

    boolean hasTls() {
        return options.tls().isPresent();
    }

    @Override
    public Optional<Path> certificate() {
        return tls().map(TestCertificate::certificate);
    }

    /** The certificate and its key, if it has TLS. */
    Optional<TestCertificate> tls() {
        return options.tls().map(TestCertificate::get);
    }

    Optional<String> password() {
        return options.password();
    }

    String userInfo(String user) {
        return options.password().map(password -> user + ":" + password).orElse(user) + "@";
    }

    @Override
    public String product() {
        return product;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isEmbedded() {
        return true;
    }

    @Override
    public boolean keepsData() {
        return true;
    }

    @Override
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        try {
            Path data = preparedFolder();
            var command = new ArrayList<>(command(data));
            command.addAll(options.arguments());
            ServerProcess started = ServerProcess.start(product, command, data, endSignal());
            process = started;
            paused = false;
            awaitReady(started, data);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + product, failure);
        }
    }

    /** The folder with the data of the first start, or a new one. */
    private Path preparedFolder() throws IOException {
        Path present = folder;
        if (present != null) {
            return present;
        }
        Path made = ServerFiles.newFolder(product.toLowerCase(Locale.ROOT));
        try {
            prepare(made);
        } catch (IOException | RuntimeException failure) {
            ServerFiles.deleteTree(made);
            throw failure;
        }
        folder = made;
        LiveServers.add(this);
        return made;
    }

    /** Waits until it serves; a server that does not, or whose wait is interrupted, is killed. */
    private void awaitReady(ServerProcess started, Path data) throws IOException {
        long giveUp = System.nanoTime() + START_TIMEOUT.toNanos();
        try {
            while (!isReady(started, data)) {
                if (!started.isAlive()) {
                    throw new IOException(product + " ended while it started:\n" + started.tail());
                }
                if (System.nanoTime() - giveUp > 0) {
                    throw new IOException(product + " was not ready within " + START_TIMEOUT + ":\n" + started.tail());
                }
                TimeUnit.NANOSECONDS.sleep(POLL_NANOS);
            }
        } catch (IOException | RuntimeException failure) {
            started.kill();
            throw failure;
        } catch (InterruptedException interrupted) {
            started.kill();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + product + " started", interrupted);
        }
    }

    @Override
    public synchronized void stop() {
        ServerProcess running = running();
        resume();
        process = null;
        running.signal(stopSignal());
        running.awaitExit(60);
    }

    @Override
    public synchronized void kill() {
        running().kill();
        process = null;
        paused = false;
    }

    @Override
    public synchronized void pause() {
        running().freeze();
        paused = true;
    }

    @Override
    public synchronized void resume() {
        if (paused) {
            running().signalAll("CONT");
            paused = false;
        }
    }

    private ServerProcess running() {
        ServerProcess current = process;
        if (current == null) {
            throw new IllegalStateException(product + " must be running, was not started or has ended");
        }
        return current;
    }

    @Override
    public synchronized void close() {
        LiveServers.remove(this);
        ServerProcess last = process;
        if (last != null) {
            end(last);
            process = null;
            paused = false;
        }
        if (folder != null) {
            ServerFiles.deleteTree(folder);
            folder = null;
        }
    }

    private void end(ServerProcess last) {
        if (last.isAlive()) {
            last.signal(endSignal());
            if (paused) {
                last.signalAll("CONT");
            }
            if (last.hasEndedWithin(10)) {
                return;
            }
        }
        last.kill();
    }

    /** True if something accepts connections on the port. */
    boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port()), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** True if something on the port sends at least one byte on its own, as the MySQL protocol's server does. */
    boolean greets() {
        return talks(new byte[0]);
    }

    /** True if something on the port answers {@code question} with at least one byte. */
    boolean talks(byte[] question) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), port), 1_000);
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write(question);
            InputStream in = socket.getInputStream();
            return in.read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public String toString() {
        return product + " on port " + port;
    }
}
