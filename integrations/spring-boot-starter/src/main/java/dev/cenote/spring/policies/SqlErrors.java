package dev.cenote.spring.policies;

import dev.cenote.decorators.annotations.DecoratedMethods.ErrorReader;
import dev.cenote.jdbc.JdbcProduct;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.protocols.Classifier;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.PoolException;
import dev.cenote.spring.policies.OwnTransaction.Fate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the errors of methods that work on the data source, by JdbcTemplate, JPA or plain JDBC, so that retry and circuit
 * breaker know them: the driver's exception among the causes, or the pool's own. The driver's means what the pool has made of
 * it whose connection threw it, with its user's changes of verdicts; one of another data source, what its product reads in it.
 *
 * <p>After an error, a method that changes something may be tried again only if it was one transaction, which was rolled
 * back, and that is all that it wrote: of any other, steps before the one that failed may have been committed, and nobody
 * would know. Of those, only what no retry mends is read, so that circuit breakers know it. Thread-safe.
 */
final class SqlErrors {
    private static final List<JdbcProduct> PRODUCTS = products();
    private static final int DEPTH = 16;

    private SqlErrors() {}

    private static List<JdbcProduct> products() {
        var found = new ArrayList<JdbcProduct>();
        ServiceLoader.load(JdbcProduct.class, SqlErrors.class.getClassLoader()).forEach(found::add);
        return List.copyOf(found);
    }

    /** Of a method that is never tried again. */
    static ErrorReader ofOneAttempt() {
        return (error, effect) -> read(error);
    }

    /**
     * Of a method that may be tried again.
     *
     * @param doubt told where that is why it is not tried again
     */
    static ErrorReader ofAttempts(WholeTransactions transactions, Consumer<String> doubt) {
        return (error, effect) -> {
            Optional<Verdict> verdict = read(error);
            OwnTransaction own = OwnTransaction.current();
            if (own != null) {
                verdict.ifPresent(own::endedBy);
            }
            if (effect.isRepeatable() || verdict.isEmpty() || isFinal(verdict.get())) {
                return verdict;
            }
            Fate fate = own == null ? Fate.UNKNOWN : own.fate();
            if (fate != Fate.ROLLED_BACK) {
                return fate == Fate.NEVER_BEGUN ? verdict : Optional.empty();
            }
            Optional<String> why = transactions.doubt();
            if (why.isPresent() && verdict.get().isRetrySafe(effect)) {
                doubt.accept(why.get());
            }
            return why.isPresent() ? Optional.empty() : verdict;
        };
    }

    private static boolean isFinal(Verdict verdict) {
        return verdict.call() == CallFate.PERMANENT;
    }

    static Optional<Verdict> read(Exception error) {
        @Nullable Throwable at = error;
        for (int depth = 0; at != null && depth < DEPTH; depth++, at = at.getCause()) {
            if (at instanceof PoolException refused) {
                return Optional.of(ofPool(refused));
            }
            if (at instanceof SQLException sql) {
                Optional<Verdict> verdict = CenoteDataSource.verdictOn(sql).or(() -> ofDriver(sql));
                if (verdict.isPresent()) {
                    return verdict;
                }
            }
        }
        return Optional.empty();
    }

    /** As the retry policy reads it where it is thrown by a pool. */
    private static Verdict ofPool(PoolException refused) {
        if (refused instanceof ConnectionFailedException failed) {
            return failed.verdict();
        }
        boolean again = refused instanceof PoolClearedException;
        return new Verdict(ConnectionFate.KEEP, again ? CallFate.NOT_EXECUTED : CallFate.PERMANENT);
    }

    private static Optional<Verdict> ofDriver(SQLException sql) {
        String type = sql.getClass().getName();
        return PRODUCTS.stream()
                .filter(product -> product.driverPackages().stream().anyMatch(type::startsWith)
                        || product.driverPackages().stream().anyMatch(each -> isThrownBy(sql, each)))
                .findFirst()
                .map(product -> product.classifier().classify(sql, Classifier.Phase.EXECUTE));
    }

    /** Some drivers throw the JDK's own types. */
    private static boolean isThrownBy(SQLException sql, String driverPackage) {
        StackTraceElement[] stack = sql.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().startsWith(driverPackage);
    }
}
