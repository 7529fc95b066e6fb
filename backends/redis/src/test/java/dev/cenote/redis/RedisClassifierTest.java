package dev.cenote.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.RedisProtocolException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table, by the driver's own exception types. */
class RedisClassifierTest {
    private final RedisClassifier classifier = new RedisClassifier();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LOADING Redis is loading the dataset in memory           | KEEP  | NOT_EXECUTED
            MASTERDOWN Link with MASTER is down                      | KEEP  | NOT_EXECUTED
            CLUSTERDOWN The cluster is down                          | KEEP  | NOT_EXECUTED
            TRYAGAIN Multiple keys request during rehashing of slot  | KEEP  | NOT_EXECUTED
            NOREPLICAS Not enough good replicas to write.            | KEEP  | NOT_EXECUTED
            BUSY Redis is busy running a script.                     | KEEP  | NOT_EXECUTED
            BUSYKEY Target key name already exists.                  | KEEP  | PERMANENT
            BUSYGROUP Consumer Group name already exists             | KEEP  | PERMANENT
            READONLY You can't write against a read only replica.    | CLEAR | NOT_EXECUTED
            ERR max number of clients reached                        | EVICT | NOT_EXECUTED
            NOAUTH Authentication required.                          | EVICT | PERMANENT
            WRONGPASS invalid username-password pair                 | EVICT | PERMANENT
            OOM command not allowed when used memory > 'maxmemory'.  | KEEP  | PERMANENT
            MISCONF Redis is configured to save RDB snapshots        | KEEP  | PERMANENT
            EXECABORT Transaction discarded                          | KEEP  | PERMANENT
            CROSSSLOT Keys in request don't hash to the same slot    | KEEP  | PERMANENT
            NOPERM this user has no permissions                      | KEEP  | PERMANENT
            WRONGTYPE Operation against a key                        | KEEP  | PERMANENT
            ERR syntax error                                         | KEEP  | PERMANENT
            MOVED 3999 127.0.0.1:6381                                | KEEP  | PERMANENT
            ASK 3999 127.0.0.1:6381                                  | KEEP  | PERMANENT
            BUSY                                                     | KEEP  | NOT_EXECUTED
            """)
    void whatTheServerSays(String message, ConnectionFate connection, CallFate call) {
        var error = new RedisCommandExecutionException(message);
        assertThat(classifier.classify(error, Phase.EXECUTE)).isEqualTo(new Verdict(connection, call));
        assertThat(classifier.classify(new CompletionException(error), Phase.EXECUTE))
                .isEqualTo(new Verdict(connection, call));
    }

    @Test
    void whatIsLostOnTheWayMayHaveRun() {
        var unknown = new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN);
        assertThat(classifier.classify(new RedisCommandTimeoutException("late"), Phase.EXECUTE))
                .isEqualTo(unknown);
        assertThat(classifier.classify(new RedisException("Connection closed"), Phase.EXECUTE))
                .isEqualTo(unknown);
        assertThat(classifier.classify(new IOException("reset"), Phase.EXECUTE)).isEqualTo(unknown);
        assertThat(classifier.classify(new InterruptedException(), Phase.EXECUTE))
                .isEqualTo(unknown);
    }

    @Test
    void whatWasNeverWrittenNeverRan() {
        assertThat(classifier.classify(
                        new RedisException("Currently not connected. Commands are rejected."), Phase.EXECUTE))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
    }

    @Test
    void whileConnectingNothingOfTheCallersRan() {
        var refused = new RedisConnectionException("Unable to connect", new java.net.ConnectException("refused"));
        assertThat(classifier.classify(refused, Phase.CONNECT))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
        var password = new RedisConnectionException(
                "Unable to connect", new RedisCommandExecutionException("WRONGPASS invalid"));
        assertThat(classifier.classify(password, Phase.CONNECT).call()).isEqualTo(CallFate.PERMANENT);
        var loading = new RedisConnectionException(
                "Unable to connect", new RedisCommandExecutionException("LOADING dataset"));
        assertThat(classifier.classify(loading, Phase.CONNECT).call()).isEqualTo(CallFate.NOT_EXECUTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOAUTH HELLO must be called with the client already authenticated",
                "WRONGPASS invalid username-password pair or user is disabled.",
                "NOPERM User shop has no permissions to run the 'select' command",
                "ERR DB index is out of range",
                "NOPROTO unsupported protocol version"
            })
    void whileConnectingWhatIsWronglySetUpIsPermanent(String message) {
        var failure = new RedisConnectionException("Unable to connect", new RedisCommandExecutionException(message));
        assertThat(classifier.classify(failure, Phase.CONNECT))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.PERMANENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR max number of clients reached",
                "LOADING Redis is loading the dataset in memory",
                "MASTERDOWN Link with MASTER is down"
            })
    void whileConnectingWhatWillPassIsNotExecuted(String message) {
        var failure = new RedisConnectionException("Unable to connect", new RedisCommandExecutionException(message));
        assertThat(classifier.classify(failure, Phase.CONNECT))
                .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.NOT_EXECUTED));
    }

    @Test
    void whatCannotBeReadEvicts() {
        for (Exception unreadable : List.of(
                new DecoderException("broken", new NumberFormatException("x")),
                new RedisProtocolException("Invalid first byte"),
                new UnsupportedOperationException("does not support set(long)"))) {
            assertThat(classifier.classify(unreadable, Phase.EXECUTE))
                    .isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
            assertThat(classifier.classify(unreadable, Phase.CONNECT).call()).isEqualTo(CallFate.PERMANENT);
        }
    }

    @Test
    void anErrorOfTheCallersOwnKeepsTheConnection() {
        assertThat(classifier.classify(new IllegalStateException("mapper"), Phase.EXECUTE))
                .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
    }

    @Test
    void anErrorIsKnownByItsFirstWordOrTheDriversName() {
        assertThat(classifier.codes(new RedisConnectionException(
                        "Unable to connect", new RedisCommandExecutionException("LOADING dataset"))))
                .containsExactly("LOADING");
        assertThat(classifier.codes(new CompletionException(new RedisCommandTimeoutException("late"))))
                .containsExactly("RedisCommandTimeoutException");
        assertThat(classifier.codes(new IllegalStateException("mapper"))).isEmpty();
    }

    @Test
    void onlyAServerThatIsLoadingOrFullIsLeftAlone() {
        for (Exception error : List.of(
                new RedisCommandExecutionException("LOADING Redis is loading the dataset in memory"),
                new CompletionException(new RedisCommandExecutionException("ERR max number of clients reached")),
                new RedisConnectionException("localhost" + RedisClassifier.ENDED_AT_ONCE))) {
            assertThat(classifier.pushBack(error)).as(error.toString()).contains(Duration.ofMillis(200));
        }
        for (Exception error : List.of(
                new RedisCommandExecutionException("BUSY Redis is busy running a script."),
                new RedisCommandExecutionException("ERR syntax error"),
                new RedisException("Connection closed"))) {
            assertThat(classifier.pushBack(error)).as(error.toString()).isEmpty();
        }
    }
}
