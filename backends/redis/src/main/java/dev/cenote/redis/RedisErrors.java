package dev.cenote.redis;

import dev.cenote.protocols.KnownError;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.internal.ExceptionFactory;
import io.lettuce.core.protocol.RedisProtocolException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The errors that {@link RedisClassifier} knows. What the network does has no word of the server's, but a type of Lettuce's. */
final class RedisErrors {
    static final List<KnownError> ALL = List.of(
            known("RedisConnectionException", "nobody listens at the address", RedisErrors::refused),
            known("RedisConnectionException", "ended at once, as with too many clients", RedisErrors::endedAtOnce),
            known("RedisException", "connection lost before the send", RedisErrors::notWritten),
            known("RedisException", "connection lost before the reply", RedisErrors::lost),
            known("RedisException", "connection reset before the reply", RedisErrors::reset),
            known(
                    "RedisCommandTimeoutException",
                    "no reply by the client's deadline",
                    () -> ExceptionFactory.createTimeoutException(Duration.ofSeconds(1))),
            known("WatchedKeyChangedException", "a watched key was changed", WatchedKeyChangedException::new),
            known("RedisProtocolException", "what came is not Redis's protocol", RedisErrors::unreadable),
            known("DecoderException", "the reply could not be decoded", RedisErrors::undecodable),
            known("ValueCodecException", "a codec cannot read what Redis has", RedisErrors::unreadableValue),
            said("LOADING Redis is loading the dataset in memory", "reading its data in"),
            said(
                    "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                    "replica without its master"),
            said("CLUSTERDOWN The cluster is down", "cluster without all its slots"),
            said("TRYAGAIN Multiple keys request during rehashing of slot", "slot on its way to another node"),
            said("NOREPLICAS Not enough good replicas to write.", "too few replicas to write"),
            said("BUSY Redis is busy running a script.", "a script runs for long"),
            said("ERR max number of clients reached", "too many clients"),
            said("READONLY You can't write against a read only replica.", "a replica: the role has changed"),
            said("NOAUTH Authentication required.", "not logged in"),
            said("WRONGPASS invalid username-password pair or user is disabled.", "wrong user or password"),
            said("MOVED 3999 127.0.0.1:6381", "slot of another node; not followed"),
            said("ASK 3999 127.0.0.1:6381", "slot on its way to another node; not followed"),
            said("OOM command not allowed when used memory > 'maxmemory'.", "out of memory"),
            said(
                    "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to",
                    "cannot save its data"),
            said("EXECABORT Transaction discarded because of previous errors.", "a command before EXEC was wrong"),
            said("CROSSSLOT Keys in request don't hash to the same slot", "keys of several slots"),
            said("NOPERM User shop has no permissions to run the 'flushall' command", "no permission"),
            said("WRONGTYPE Operation against a key holding the wrong kind of value", "value of another type"),
            said("NOSCRIPT No matching script. Please use EVAL.", "no such script"),
            said("BUSYKEY Target key name already exists.", "key exists (RESTORE)"),
            said("BUSYGROUP Consumer Group name already exists", "consumer group exists"),
            said("ERR syntax error", "any other mistake in a command"));

    private RedisErrors() {}

    private static KnownError known(String code, String meaning, Supplier<? extends Throwable> sample) {
        return new KnownError(code, meaning, sample);
    }

    private static KnownError said(String message, String meaning) {
        String prefix = message.substring(0, message.indexOf(' '));
        return known(prefix, meaning, () -> ExceptionFactory.createExecutionException(message));
    }

    private static RedisConnectionException refused() {
        return RedisConnectionException.create("localhost:6379", new ConnectException("Connection refused"));
    }

    private static RedisConnectionException endedAtOnce() {
        return new RedisConnectionException(
                "localhost:6379" + RedisClassifier.ENDED_AT_ONCE, new IllegalStateException("channel not registered"));
    }

    private static RedisException notWritten() {
        return new RedisException("Currently not connected. Commands are rejected.");
    }

    private static RedisException lost() {
        return new RedisException("Connection closed");
    }

    private static RedisException reset() {
        return new RedisException(new IOException("Connection reset by peer"));
    }

    private static RedisProtocolException unreadable() {
        return new RedisProtocolException("Invalid first byte: 72");
    }

    private static DecoderException undecodable() {
        return new DecoderException(new NumberFormatException("not a number"));
    }

    private static ValueCodecException unreadableValue() {
        return new ValueCodecException("what Redis has must be JSON", new IOException("Unexpected end of input"));
    }
}
