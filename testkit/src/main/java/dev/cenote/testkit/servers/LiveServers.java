package dev.cenote.testkit.servers;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers that have a folder and perhaps a process. A shutdown hook closes them.
 *
 * <p>Holding them here also keeps them reachable: a process object that was collected would close the pipe whose end
 * tells the watcher that this JVM has gone.
 */
final class LiveServers {
    private static final Set<EmbeddedServer> LIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LiveServers::closeAll, "cenote-testkit-shutdown"));
    }

    private LiveServers() {}

    static void add(EmbeddedServer server) {
        LIVE.add(server);
    }

    static void remove(EmbeddedServer server) {
        LIVE.remove(server);
    }

    private static void closeAll() {
        for (EmbeddedServer server : List.copyOf(LIVE)) {
            try {
                server.close();
            } catch (RuntimeException e) {
                System.getLogger(LiveServers.class.getName()).log(System.Logger.Level.WARNING, "close failed", e);
            }
        }
    }
}
