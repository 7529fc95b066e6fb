package dev.cenote.mongo;

import com.mongodb.client.MongoClient;

/** A client of the driver that is closed once it has been retired and the last of its connections has let go of it. */
final class SharedClient {
    private final MongoClient client;
    private final int maxSize;
    private final Sockets sockets;
    private int users;
    private boolean retired;

    SharedClient(MongoClient client, int maxSize, Sockets sockets) {
        this.client = client;
        this.maxSize = maxSize;
        this.sockets = sockets;
    }

    MongoClient client() {
        return client;
    }

    /** Most sockets to each server. */
    int maxSize() {
        return maxSize;
    }

    /** True if all sockets that one of the servers may have are in use. */
    boolean isExhausted() {
        return sockets.snapshot().stream().anyMatch(server -> server.inUse() >= maxSize);
    }

    /** One more connection uses it. */
    synchronized void retain() {
        users++;
    }

    /** One connection less uses it. */
    void release() {
        boolean last;
        synchronized (this) {
            users--;
            last = retired && users == 0;
        }
        if (last) {
            client.close();
        }
    }

    /** No further connection will use it. */
    void retire() {
        boolean unused;
        synchronized (this) {
            unused = !retired && users == 0;
            retired = true;
        }
        if (unused) {
            client.close();
        }
    }
}
