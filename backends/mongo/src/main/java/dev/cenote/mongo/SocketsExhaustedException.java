package dev.cenote.mongo;

import com.mongodb.MongoClientException;
import com.mongodb.MongoTimeoutException;

/**
 * All of the driver's sockets were in use until the time ran out, though there was a lease: somebody uses the client without
 * one. Nothing was sent, and it says nothing of the server.
 */
public final class SocketsExhaustedException extends MongoClientException {
    private static final long serialVersionUID = 1L;

    SocketsExhaustedException(MongoTimeoutException timeout) {
        super("all sockets are in use, by more than the leases: " + timeout.getMessage(), timeout);
    }
}
