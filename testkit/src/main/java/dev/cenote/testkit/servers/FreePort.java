package dev.cenote.testkit.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses TCP ports below the range from which the kernel serves outgoing connections (32768 and up on Linux).
 *
 * <p>A port from that range would not survive a restart: while the server is down, an outgoing connection may take it,
 * and a client that tries to connect to it over loopback may even connect to itself.
 *
 * <p>Thread-safe.
 */
public final class FreePort {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 500;
    private static final Set<Integer> CHOSEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port on 127.0.0.1 that no one listens on and that this JVM has not been given before. It is not reserved:
     * another process may take it before the caller does, so a caller that fails to bind asks again.
     *
     * @throws IllegalStateException if 500 random tries find none
     */
    public static int choose() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (CHOSEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no free port between " + LOWEST + " and " + HIGHEST + " after " + TRIES + " tries");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
