package dev.cenote.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoIncompatibleDriverException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CenoteException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BSONException;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the driver's exceptions by their labels, types and codes, as the specifications of MongoDB's drivers (retryable
 * reads, retryable writes, transactions, server discovery, client backpressure) give them a meaning.
 *
 * <p>A sound server may answer with any error and the driver closes a broken socket itself, so that a connection is
 * given up only where the network, the driver or the server itself has failed. Subclass it to change a verdict.
 */
public class MongoClassifier implements Classifier {
    private static final String POOL_CLEARED = "PoolClearedError";
    private static final String RETRYABLE_WRITE = "RetryableWriteError";
    private static final String NO_WRITES_PERFORMED = "NoWritesPerformed";
    private static final String SYSTEM_OVERLOADED = MongoException.SYSTEM_OVERLOADED_ERROR_LABEL;
    private static final String RETRYABLE = MongoException.RETRYABLE_ERROR_LABEL;

    private static final Duration A_MOMENT = Duration.ofMillis(100);

    /** ShutdownInProgress, InterruptedAtShutdown: the server is going. */
    private static final Set<Integer> SHUTTING_DOWN = Set.of(91, 11600);

    /**
     * Codes after which a read may be tried again (retryable reads specification), with Interrupted (11601) and
     * NotPrimaryNoSecondaryOk's elder (10058). A write may have been stopped in the middle, so that they tell nothing of
     * it.
     */
    private static final Set<Integer> INTERRUPTED =
            Set.of(6, 7, 50, 64, 89, 91, 134, 189, 262, 9001, 10058, 10107, 11600, 11601, 11602, 13435, 13436);

    /** HostUnreachable, HostNotFound, NetworkTimeout, SocketException: a router's own connection has failed. */
    private static final Set<Integer> ROUTERS_NETWORK = Set.of(6, 7, 89, 9001);

    /** WriteConflict: the storage engine has undone the write. */
    private static final int WRITE_CONFLICT = 112;

    /** Stateless. */
    public MongoClassifier() {}

    @Override
    public Verdict classify(Throwable error, Phase phase) {
        MongoException mongo = find(error, MongoException.class);
        return new Verdict(connection(error, mongo, phase), call(error, mongo, phase));
    }

    /** The server's code, or the simple name of the driver's exception if the server gave none; then the labels. */
    @Override
    public List<String> codes(Throwable error) {
        MongoException mongo = find(error, MongoException.class);
        if (mongo == null) {
            return List.of();
        }
        var codes = new ArrayList<String>();
        // Negative ones are the driver's own, and say less than its type.
        int code = code(mongo);
        codes.add(code > 0 ? Integer.toString(code) : mongo.getClass().getSimpleName());
        mongo.getErrorLabels().stream().sorted().forEach(codes::add);
        return List.copyOf(codes);
    }

    @Override
    public List<KnownError> knownErrors() {
        return MongoErrors.ALL;
    }

    @Override
    public Optional<Duration> pushBack(Throwable error) {
        MongoException mongo = find(error, MongoException.class);
        return mongo != null && mongo.hasErrorLabel(SYSTEM_OVERLOADED) ? Optional.of(A_MOMENT) : Optional.empty();
    }

    private static ConnectionFate connection(Throwable error, @Nullable MongoException mongo, Phase phase) {
        if (mongo != null && isShuttingDown(mongo)) {
            return ConnectionFate.CLEAR;
        }
        if (phase != Phase.EXECUTE && phase != Phase.COMMIT) {
            return ConnectionFate.EVICT;
        }
        return mongo == null ? withoutDriver(error) : ofDriver(mongo);
    }

    private static ConnectionFate withoutDriver(Throwable error) {
        return isCallersMistake(error) ? ConnectionFate.KEEP : ConnectionFate.EVICT;
    }

    private static ConnectionFate ofDriver(MongoException mongo) {
        if (mongo instanceof MongoOperationTimeoutException) {
            // Nothing but the deadline: the driver has closed the socket. With the network's silence it is more.
            boolean silent = find(mongo.getCause(), MongoSocketException.class) != null || isWaitForServer(mongo);
            return silent ? ConnectionFate.EVICT : ConnectionFate.KEEP;
        }
        boolean broken = mongo instanceof MongoSocketException
                || mongo instanceof MongoTimeoutException
                || mongo instanceof NoServerAnswersException
                || mongo instanceof MongoConnectionPoolClearedException
                || mongo instanceof MongoSecurityException
                || mongo instanceof MongoIncompatibleDriverException
                || mongo instanceof MongoInternalException
                || (mongo instanceof MongoCommandException && ROUTERS_NETWORK.contains(mongo.getCode()));
        return broken ? ConnectionFate.EVICT : ConnectionFate.KEEP;
    }

    private static CallFate call(Throwable error, @Nullable MongoException mongo, Phase phase) {
        if (phase == Phase.CONNECT || phase == Phase.VALIDATE || phase == Phase.RESET) {
            return isRefused(error, mongo) ? CallFate.PERMANENT : CallFate.NOT_EXECUTED;
        }
        if (mongo == null) {
            return isCallersMistake(error) ? CallFate.PERMANENT : unknown(phase);
        }
        if (mongo.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL)) {
            return CallFate.COMMIT_UNKNOWN;
        }
        if (mongo.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
            return CallFate.ROLLED_BACK;
        }
        return isNotExecuted(mongo) ? CallFate.NOT_EXECUTED : executed(mongo, phase);
    }

    /** What was sent, or may have been. */
    private static CallFate executed(MongoException mongo, Phase phase) {
        if (mongo instanceof MongoSecurityException || mongo instanceof MongoIncompatibleDriverException) {
            return CallFate.PERMANENT;
        }
        int code = code(mongo);
        if (code == WRITE_CONFLICT) {
            return CallFate.ROLLED_BACK;
        }
        if (mongo instanceof MongoServerException && !(mongo instanceof MongoWriteConcernException)) {
            boolean mayHaveRun = INTERRUPTED.contains(code)
                    || isOverloaded(mongo)
                    || mongo instanceof MongoCursorNotFoundException
                    || isWriteConcernAlone(mongo);
            return mayHaveRun ? unknown(phase) : CallFate.PERMANENT;
        }
        boolean driversOwn = mongo instanceof MongoClientException && !(mongo instanceof MongoTimeoutException);
        return driversOwn ? CallFate.PERMANENT : unknown(phase);
    }

    private static CallFate unknown(Phase phase) {
        return phase == Phase.COMMIT ? CallFate.COMMIT_UNKNOWN : CallFate.UNKNOWN;
    }

    private static boolean isNotExecuted(MongoException mongo) {
        if (mongo.hasErrorLabel(POOL_CLEARED)) {
            return true;
        }
        // An overloaded server has refused this attempt, but the driver may have made an earlier one that was sent: an
        // error with NoWritesPerformed alone never takes the place of such an attempt's.
        if (mongo.hasErrorLabel(NO_WRITES_PERFORMED) && (mongo.hasErrorLabel(RETRYABLE_WRITE) || isOverloaded(mongo))) {
            return true;
        }
        if (mongo instanceof MongoOperationTimeoutException) {
            return isWaitForServer(mongo);
        }
        return mongo instanceof MongoTimeoutException
                || mongo instanceof NoServerAnswersException
                || mongo instanceof MongoConnectionPoolClearedException
                || mongo instanceof MongoSocketOpenException
                || (mongo instanceof MongoSecurityException && isCausedByNetwork(mongo));
    }

    /**
     * True if the time ran out while the driver waited for a server or a socket. Its exception has no type of its own
     * then, only these words and no cause; once an attempt has been sent, it gives that attempt's failure as the cause.
     */
    static boolean isWaitForServer(MongoException timeout) {
        String message = timeout.getMessage();
        return timeout.getCause() == null && message != null && message.startsWith("Timed out");
    }

    private static boolean isRefused(Throwable error, @Nullable MongoException mongo) {
        if (mongo == null) {
            return isCallersMistake(error);
        }
        return mongo instanceof MongoIncompatibleDriverException
                || (mongo instanceof MongoSecurityException && !isCausedByNetwork(mongo))
                || (mongo instanceof MongoCommandException
                        && !isShuttingDown(mongo)
                        && !INTERRUPTED.contains(mongo.getCode())
                        && !mongo.hasErrorLabel(SYSTEM_OVERLOADED));
    }

    private static boolean isCausedByNetwork(MongoException mongo) {
        MongoException cause = find(mongo.getCause(), MongoException.class);
        return cause != null
                && (cause instanceof MongoSocketException
                        || cause instanceof MongoTimeoutException
                        || INTERRUPTED.contains(cause.getCode()));
    }

    /** The server refused for the moment, or did not get round to the handshake. */
    private static boolean isOverloaded(MongoException mongo) {
        return mongo.hasErrorLabel(SYSTEM_OVERLOADED) && mongo.hasErrorLabel(RETRYABLE);
    }

    private static boolean isShuttingDown(MongoException mongo) {
        return SHUTTING_DOWN.contains(code(mongo));
    }

    private static boolean isWriteConcernAlone(MongoException mongo) {
        return mongo instanceof MongoBulkWriteException bulk
                && bulk.getWriteErrors().isEmpty();
    }

    /** The server's code, which a bulk's exception keeps in its parts. */
    private static int code(MongoException mongo) {
        if (mongo instanceof MongoBulkWriteException bulk) {
            if (!bulk.getWriteErrors().isEmpty()) {
                return bulk.getWriteErrors().get(0).getCode();
            }
            return bulk.getWriteConcernError() == null
                    ? bulk.getCode()
                    : bulk.getWriteConcernError().getCode();
        }
        return mongo.getCode();
    }

    private static boolean isCallersMistake(Throwable error) {
        return find(error, CenoteException.class) != null
                || find(error, IllegalArgumentException.class) != null
                || find(error, CodecConfigurationException.class) != null
                || find(error, BSONException.class) != null;
    }

    private static <T extends Throwable> @Nullable T find(@Nullable Throwable error, Class<T> type) {
        Throwable current = error;
        // A cycle of causes is possible; no honest chain is this long.
        for (int depth = 0; current != null && depth < 32; depth++) {
            if (type.isInstance(current)) {
                return type.cast(current);
            }
            current = current.getCause();
        }
        return null;
    }
}
