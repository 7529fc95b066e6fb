package dev.cenote.jdbc;

import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * What the classifiers of the relational backends have in common: they find the driver's exception, and see what an error
 * means in its phase. A backend says what it means in a running statement, and which are for good when connecting.
 */
public abstract class SqlClassifier implements Classifier {
    /** For subclasses, which are stateless. */
    protected SqlClassifier() {}

    /** What {@code failure} means that ended a running statement. */
    protected abstract Verdict statement(SQLException failure);

    /** True if connecting again cannot help, as with a wrong password. */
    protected abstract boolean isPermanentAtConnect(SQLException failure);

    /** What {@code failure} means that ended a commit, where that is not {@code verdict}. */
    protected Verdict commit(SQLException failure, Verdict verdict) {
        return verdict;
    }

    @Override
    public final Verdict classify(Throwable error, Phase phase) {
        Verdict verdict = inStatement(error);
        return switch (phase) {
            case CONNECT -> connect(error, verdict);
            case VALIDATE, RESET -> new Verdict(atLeastEvict(verdict.connection()), CallFate.NOT_EXECUTED);
            case EXECUTE -> verdict;
            case COMMIT ->
                find(error, SQLException.class)
                        .map(failure -> commit(failure, inCommit(verdict)))
                        .orElse(inCommit(verdict));
        };
    }

    /** The SQLSTATE; before it, where {@link #hasNumbers}, the vendor's number. */
    @Override
    public final List<String> codes(Throwable error) {
        return find(error, SQLException.class).map(this::codes).orElse(List.of());
    }

    private List<String> codes(SQLException failure) {
        var codes = new ArrayList<String>();
        if (hasNumbers() && failure.getErrorCode() > 0) {
            codes.add(Integer.toString(failure.getErrorCode()));
        }
        String state = failure.getSQLState();
        if (state != null && !state.isBlank()) {
            codes.add(state);
        }
        return List.copyOf(codes);
    }

    /** True if users know this database's errors by number. Default: false. */
    protected boolean hasNumbers() {
        return false;
    }

    private Verdict inStatement(Throwable error) {
        Optional<NotSentException> notSent = find(error, NotSentException.class);
        if (notSent.isPresent()) {
            return new Verdict(
                    notSent.get().isConnectionSound() ? ConnectionFate.KEEP : ConnectionFate.EVICT,
                    CallFate.NOT_EXECUTED);
        }
        if (find(error, RowMappingException.class).isPresent()) {
            return new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT);
        }
        // Nobody knows where an exception that is not the driver's has left the protocol.
        return find(error, SQLException.class)
                .map(this::statement)
                .orElse(new Verdict(ConnectionFate.EVICT, CallFate.UNKNOWN));
    }

    private Verdict connect(Throwable error, Verdict verdict) {
        boolean permanent =
                find(error, SQLException.class).map(this::isPermanentAtConnect).orElse(false);
        return new Verdict(atLeastEvict(verdict.connection()), permanent ? CallFate.PERMANENT : CallFate.NOT_EXECUTED);
    }

    /** What was not sent was not committed: the server rolls back as the connection goes. */
    private static Verdict inCommit(Verdict verdict) {
        return switch (verdict.call()) {
            case UNKNOWN -> new Verdict(verdict.connection(), CallFate.COMMIT_UNKNOWN);
            case NOT_EXECUTED -> new Verdict(verdict.connection(), CallFate.ROLLED_BACK);
            case ROLLED_BACK, COMMIT_UNKNOWN, PERMANENT -> verdict;
        };
    }

    private static ConnectionFate atLeastEvict(ConnectionFate fate) {
        return fate == ConnectionFate.KEEP ? ConnectionFate.EVICT : fate;
    }

    /** The first of {@code error} and its causes that is of {@code type}. */
    protected static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    /** True if the network, not the server, ended it. */
    protected static boolean isNetworkFailure(Throwable error) {
        return find(error, IOException.class).isPresent()
                || find(error, TimeoutException.class).isPresent();
    }
}
