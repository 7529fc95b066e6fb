package dev.cenote.testkit.faults;

import dev.cenote.testkit.servers.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback in front of a server that makes the network misbehave. Faults are switched while it runs and
 * concern open connections and new ones alike. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final int port;
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;

    private volatile boolean silent;
    private volatile Duration delay = Duration.ZERO;
    private volatile Duration connectDelay = Duration.ZERO;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private final AtomicLong replyBytesLeft = new AtomicLong(Long.MAX_VALUE);
    private final AtomicBoolean cutsNextReply = new AtomicBoolean();

    private FaultProxy(InetSocketAddress target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
        this.port = listener.getLocalPort();
        listen(listener);
    }

    /** A proxy in front of {@code host} and {@code port}, on a free port, forwarding. */
    public static FaultProxy before(String host, int port) {
        try {
            // Not any free port: after refuse() it must still be free.
            var listener = new ServerSocket(FreePort.choose(), 512, InetAddress.getLoopbackAddress());
            return new FaultProxy(new InetSocketAddress(host, port), listener);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Host to connect to. */
    public String host() {
        return "127.0.0.1";
    }

    /** Port to connect to. */
    public int port() {
        return port;
    }

    /** Ends all faults: forwards at once, and listens again if it refused. */
    public synchronized void heal() {
        silent = false;
        delay = Duration.ZERO;
        connectDelay = Duration.ZERO;
        bytesPerSecond = Long.MAX_VALUE;
        replyBytesLeft.set(Long.MAX_VALUE);
        cutsNextReply.set(false);
        if (listener == null) {
            try {
                var reopened = new ServerSocket();
                reopened.setReuseAddress(true);
                reopened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
                listener = reopened;
                listen(reopened);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** From now on what the server says is swallowed; connecting still succeeds. */
    public void silence() {
        silent = true;
    }

    /** From now on each piece of data arrives that much later, in both directions. */
    public void delay(Duration time) {
        checkNotNegative("delay", time);
        delay = time;
    }

    /** From now on an accepted connection reaches the server that much later. */
    public void slowConnect(Duration time) {
        checkNotNegative("connectDelay", time);
        connectDelay = time;
    }

    private static void checkNotNegative(String field, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(field + " must be >= 0, was " + time);
        }
    }

    /** From now on no more than that passes in each direction of a connection. */
    public void bandwidth(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("bytesPerSecond must be >= 1, was " + bytesPerSecond);
        }
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Cuts all connections once the server has said {@code bytes} more; once. */
    public void cutAfterReplyBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be >= 0, was " + bytes);
        }
        replyBytesLeft.set(bytes);
    }

    /**
     * Cuts all connections in the middle of what the server says next: half of the first piece of data that arrives, at
     * most 4,096 bytes, still passes; once.
     */
    public void cutMidReply() {
        cutsNextReply.set(true);
    }

    /** Closes all open connections as the peer does when it ends them in order. */
    public void cut() {
        endOpenLinks(false);
    }

    /** Resets all open connections: the peer has crashed. */
    public void reset() {
        endOpenLinks(true);
    }

    /** Of a copy: a client that sees its end and connects anew must not lose the new connection to the same cut. */
    private void endOpenLinks(boolean hard) {
        for (Link link : List.copyOf(links)) {
            link.close(hard);
        }
    }

    /** Resets all open connections and refuses new ones, until {@link #heal}. */
    public synchronized void refuse() {
        stopListening();
        reset();
    }

    /** Connections that are open through it. */
    public int openConnections() {
        return links.size();
    }

    /** Connections accepted since the start. */
    public long acceptedConnections() {
        return accepted.get();
    }

    @Override
    public synchronized void close() {
        stopListening();
        reset();
    }

    private void stopListening() {
        try {
            if (listener != null) {
                listener.close();
                listener = null;
                // Until the accepting thread has let go, the port still accepts.
                if (acceptor != null) {
                    acceptor.join();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void listen(ServerSocket socket) {
        acceptor = daemon("fault-proxy-" + port, () -> {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    accepted.incrementAndGet();
                    var link = new Link(this, client);
                    links.add(link);
                    daemon("fault-proxy-" + port + "-link", link::open);
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    static Thread daemon(String name, Runnable body) {
        var thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    InetSocketAddress target() {
        return target;
    }

    boolean isSilent() {
        return silent;
    }

    Duration delay() {
        return delay;
    }

    Duration connectDelay() {
        return connectDelay;
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** How many of {@code wanted} bytes of a reply may pass, and whether the cut is after them. */
    Passage takeReplyBytes(int wanted) {
        if (cutsNextReply.compareAndSet(true, false)) {
            return new Passage(wanted / 2, true);
        }
        long before = replyBytesLeft.getAndUpdate(left -> {
            if (left == Long.MAX_VALUE) {
                return left;
            }
            return left > wanted ? left - wanted : Long.MAX_VALUE;
        });
        return before > wanted ? new Passage(wanted, false) : new Passage((int) before, true);
    }

    /** What may pass of a piece of data; it may be the last although it is all of it. */
    record Passage(int bytes, boolean isLast) {}

    void closed(Link link) {
        links.remove(link);
    }
}
