package dev.cenote.redis;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.KnownError;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.RedisProtocolException;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the errors of Redis mean, by the prefix of the server's message. The server says no before it runs a command, so
 * that its errors leave nothing half done; what is lost on the way may have run.
 */
public final class RedisClassifier implements Classifier {
    private static final Verdict KEEP_NOT_EXECUTED = new Verdict(ConnectionFate.KEEP, CallFate.NOT_EXECUTED);
    private static final Verdict KEEP_PERMANENT = new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);
    private static final Verdict KEEP_ROLLED_BACK = new Verdict(ConnectionFate.KEEP, CallFate.ROLLED_BACK);
    private static final Verdict EVICT_NOT_EXECUTED = new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED);
    private static final Verdict EVICT_PERMANENT = new Verdict(ConnectionFate.EVICT, CallFate.PERMANENT);
    private static final Verdict EVICT_UNKNOWN = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);
    private static final Verdict CLEAR_NOT_EXECUTED = new Verdict(ConnectionFate.CLEAR, CallFate.NOT_EXECUTED);

    /** How the connector explains what the server says to a client too many, where Lettuce drops it. */
    static final String ENDED_AT_ONCE = " ended the connection at once, as a server with too many clients does";

    private static final Duration A_MOMENT = Duration.ofMillis(200);
    private static final Set<String> NOT_NOW =
            Set.of("LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS", "BUSY");
    private static final Set<String> NOT_LOGGED_IN = Set.of("NOAUTH", "WRONGPASS");

    /** The classifier; it has no state. */
    public RedisClassifier() {}

    @Override
    public Verdict classify(Throwable error, Phase phase) {
        BatchFailedException batch = find(error, BatchFailedException.class);
        if (batch != null) {
            return batch.verdict();
        }
        if (find(error, ValueCodecException.class) != null) {
            return KEEP_PERMANENT;
        }
        RedisCommandExecutionException said = find(error, RedisCommandExecutionException.class);
        if (said != null) {
            Verdict verdict = ofMessage(said, phase);
            return said instanceof FailedWithinExecException ? verdict.withCall(CallFate.PERMANENT) : verdict;
        }
        if (phase == Phase.CONNECT || phase == Phase.VALIDATE) {
            return isMisdirected(error) ? EVICT_PERMANENT : EVICT_NOT_EXECUTED;
        }
        if (find(error, WatchedKeyChangedException.class) != null) {
            return KEEP_ROLLED_BACK;
        }
        if (isRejected(error)) {
            return EVICT_NOT_EXECUTED;
        }
        if (isLost(error)) {
            return phase == Phase.COMMIT ? new Verdict(ConnectionFate.EVICT, CallFate.COMMIT_UNKNOWN) : EVICT_UNKNOWN;
        }
        return KEEP_PERMANENT;
    }

    /** The first word of what the server said; the simple name of the driver's exception if it said nothing. */
    @Override
    public List<String> codes(Throwable error) {
        RedisCommandExecutionException said = find(error, RedisCommandExecutionException.class);
        if (said != null) {
            return List.of(prefix(said));
        }
        Throwable driver = find(error, RedisException.class);
        Throwable network = driver != null ? driver : find(error, CodecException.class);
        Throwable named = network != null ? network : find(error, ValueCodecException.class);
        return named == null ? List.of() : List.of(named.getClass().getSimpleName());
    }

    @Override
    public List<KnownError> knownErrors() {
        return RedisErrors.ALL;
    }

    /** Of a server that reads its data in, or has as many clients as it takes. */
    @Override
    public Optional<Duration> pushBack(Throwable error) {
        RedisCommandExecutionException said = find(error, RedisCommandExecutionException.class);
        boolean notServing = said == null ? isEndedAtOnce(error) : prefix(said).equals("LOADING") || isFull(said);
        return notServing ? Optional.of(A_MOMENT) : Optional.empty();
    }

    private static boolean isEndedAtOnce(Throwable error) {
        RedisConnectionException failure = find(error, RedisConnectionException.class);
        return failure != null && String.valueOf(failure.getMessage()).endsWith(ENDED_AT_ONCE);
    }

    private static boolean isFull(RedisCommandExecutionException said) {
        return String.valueOf(said.getMessage()).startsWith("ERR max number of clients");
    }

    /** True of what a server said, which therefore lives. */
    static boolean isAnswer(Throwable error) {
        return find(error, RedisCommandExecutionException.class) != null;
    }

    /** The whole first word: BUSY is not BUSYKEY, and BUSYGROUP is the caller's mistake. */
    static String prefix(RedisCommandExecutionException said) {
        String message = String.valueOf(said.getMessage());
        int space = message.indexOf(' ');
        return space < 0 ? message : message.substring(0, space);
    }

    private static Verdict ofMessage(RedisCommandExecutionException said, Phase phase) {
        String prefix = prefix(said);
        if (prefix.equals("READONLY")) {
            return CLEAR_NOT_EXECUTED;
        }
        if (NOT_LOGGED_IN.contains(prefix)) {
            return EVICT_PERMANENT;
        }
        if (isFull(said)) {
            return EVICT_NOT_EXECUTED;
        }
        if (NOT_NOW.contains(prefix)) {
            return phase == Phase.CONNECT ? EVICT_NOT_EXECUTED : KEEP_NOT_EXECUTED;
        }
        return phase == Phase.CONNECT ? EVICT_PERMANENT : KEEP_PERMANENT;
    }

    /** Lettuce refused to write it, since the connection had been lost before. */
    private static boolean isRejected(Throwable error) {
        RedisException refused = find(error, RedisException.class);
        String message = refused == null ? null : refused.getMessage();
        return message != null
                && (message.startsWith("Currently not connected") || message.startsWith("Connection is closed"));
    }

    /** It is not the server that was meant: of another kind, or with a certificate that is not trusted. */
    private static boolean isMisdirected(Throwable error) {
        return isUnreadable(error) || find(error, CertificateException.class) != null;
    }

    /** What came is not of the protocol, or of another type than the command's reply. */
    static boolean isUnreadable(Throwable error) {
        return find(error, RedisProtocolException.class) != null
                || find(error, CodecException.class) != null
                || find(error, UnsupportedOperationException.class) != null;
    }

    private static boolean isLost(Throwable error) {
        return find(error, RedisException.class) != null
                || isUnreadable(error)
                || find(error, IOException.class) != null
                || find(error, TimeoutException.class) != null
                || find(error, RedisCommandTimeoutException.class) != null
                || find(error, RedisCommandInterruptedException.class) != null
                || find(error, InterruptedException.class) != null
                || find(error, CancellationException.class) != null;
    }

    static <T extends Throwable> @Nullable T find(Throwable error, Class<T> type) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
