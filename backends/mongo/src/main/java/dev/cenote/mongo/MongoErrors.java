package dev.cenote.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import dev.cenote.protocols.KnownError;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** The errors of MongoDB that the documentation lists, as the driver throws them. */
final class MongoErrors {
    private static final ServerAddress SERVER = new ServerAddress("127.0.0.1", 27017);

    static final List<KnownError> ALL = List.of(
            said(91, "shutdown in progress"),
            said(11600, "interrupted at shutdown"),
            said(6, "host unreachable (of a router)"),
            said(7, "host not found (of a router)"),
            said(89, "network time-out (of a router)"),
            said(9001, "socket error (of a router)"),
            said(134, "read concern not available yet"),
            said(189, "primary stepped down"),
            said(262, "exceeded its time limit"),
            said(10107, "not the primary"),
            said(10058, "not the primary (elder form)"),
            said(11602, "interrupted by a change of the replica set"),
            said(13435, "not the primary, and secondaries are not to be read"),
            said(13436, "not the primary, or recovering"),
            said(50, "time limit exceeded"),
            said(112, "write conflict"),
            said(11000, "duplicate key"),
            said(13, "unauthorized"),
            said(18, "authentication failed"),
            said(2, "bad value and other mistakes in the command"),
            labelled("TransientTransactionError", "the transaction was rolled back"),
            labelled("UnknownTransactionCommitResult", "nobody knows whether the commit took effect"),
            labelled("RetryableWriteError, NoWritesPerformed", "no attempt of the driver's has written"),
            labelled("RetryableWriteError", "the driver's attempts may have written"),
            labelled("SystemOverloadedError, RetryableError, NoWritesPerformed", "overloaded, nothing written"),
            labelled(
                    "SystemOverloadedError, RetryableError",
                    "overloaded; an earlier attempt of the driver's may have run"),
            none("the driver's pool was cleared", MongoErrors::cleared),
            none(
                    "no server was found in time",
                    () -> new MongoTimeoutException("Timed out while waiting for a server")),
            none("cannot connect", () -> new MongoSocketOpenException("refused", SERVER, new IOException("refused"))),
            none(
                    "wrong user or password",
                    () -> new MongoSecurityException(
                            MongoCredential.createCredential("user", "admin", new char[0]),
                            "Exception authenticating")),
            none("lost in the middle of a reply", () -> new MongoSocketReadException("end of stream", SERVER)),
            none(
                    "no reply in time",
                    () -> new MongoSocketReadTimeoutException(
                            "late", SERVER, new SocketTimeoutException("Read timed out"))));

    private MongoErrors() {}

    private static KnownError said(int code, String meaning) {
        return new KnownError(String.valueOf(code), meaning, () -> command(code, meaning));
    }

    private static MongoException command(int code, String meaning) {
        var reply = new BsonDocument("ok", new BsonDouble(0))
                .append("code", new BsonInt32(code))
                .append("errmsg", new BsonString(meaning));
        return new MongoCommandException(reply, SERVER);
    }

    private static KnownError labelled(String labels, String meaning) {
        return new KnownError(labels, meaning, () -> {
            var failure = new MongoSocketReadException(meaning, SERVER);
            if (labels.startsWith("SystemOverloaded")) {
                var reply = new MongoException(462, meaning);
                List.of(labels.split(", ")).forEach(reply::addLabel);
                return reply;
            }
            List.of(labels.split(", ")).forEach(failure::addLabel);
            return failure;
        });
    }

    private static Throwable cleared() {
        var failure = new MongoConnectionPoolClearedException(
                new ServerId(new ClusterId("docs"), SERVER), new IOException("reset"));
        failure.addLabel("PoolClearedError");
        return failure;
    }

    private static KnownError none(String meaning, Supplier<? extends Throwable> sample) {
        return new KnownError("none", meaning, sample);
    }
}
