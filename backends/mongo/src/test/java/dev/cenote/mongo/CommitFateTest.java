package dev.cenote.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Verdict.CallFate;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

/** What is known of a commit that was asked for several times. */
class CommitFateTest {
    private static final Deadline SOON = Deadline.after(Duration.ofSeconds(30));

    private int commits;

    private static MongoException unknown() {
        var failure = new MongoSocketReadException("cut", new ServerAddress());
        failure.addLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL);
        return failure;
    }

    private static MongoException undone() {
        var failure = new MongoCommandException(new BsonDocument("code", new BsonInt32(251)), new ServerAddress());
        failure.addLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);
        return failure;
    }

    /** A session whose commits fail so, one after another, and then succeed. */
    private MongoSession failing(MongoException... failures) {
        var left = new ArrayDeque<>(List.of(failures));
        var session = (ClientSession) proxy(ClientSession.class, () -> {
            commits++;
            if (!left.isEmpty()) {
                throw left.poll();
            }
        });
        return new MongoSession((MongoClient) proxy(MongoClient.class, () -> {}), session);
    }

    private static Object proxy(Class<?> type, Runnable onCall) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            onCall.run();
            return null;
        });
    }

    private static CallFate fate(Throwable failure) {
        return new MongoClassifier().classify(failure, Phase.COMMIT).call();
    }

    @Test
    void anUnknownCommitIsAskedForAgain() {
        failing(unknown(), unknown()).commit(SOON);
        assertThat(commits).isEqualTo(3);
    }

    @Test
    void aSecondAttemptThatReachesNoServerDoesNotMakeTheFirstUndone() {
        var nobody = new NoServerAnswersException("refused", null);
        assertThat(fate(nobody)).as("by itself").isEqualTo(CallFate.NOT_EXECUTED);
        assertThatThrownBy(() -> failing(unknown(), nobody).commit(SOON))
                .hasSuppressedException(nobody)
                .satisfies(failure -> assertThat(fate(failure)).isEqualTo(CallFate.COMMIT_UNKNOWN));
        assertThat(commits).isEqualTo(2);
    }

    @Test
    void aServerThatNoLongerKnowsTheTransactionHasNotCommittedIt() {
        assertThatThrownBy(() -> failing(unknown(), undone()).commit(SOON))
                .satisfies(failure -> assertThat(fate(failure)).isEqualTo(CallFate.ROLLED_BACK));
    }

    @Test
    void aFirstAttemptThatReachesNoServerCommitsNothing() {
        assertThatThrownBy(() ->
                        failing(new NoServerAnswersException("refused", null)).commit(SOON))
                .satisfies(failure -> assertThat(fate(failure)).isEqualTo(CallFate.NOT_EXECUTED));
    }
}
