package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.Verdict;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * What pools have made of errors, for whoever gets those through layers that know no pool. Beside the exceptions, and not
 * among what they suppress, so that they look as their driver made them; gone when they are. Thread-safe.
 */
final class Judged {
    private static final Map<SQLException, Verdict> VERDICTS = new WeakHashMap<>();

    private Judged() {}

    static void note(SQLException failure, Verdict verdict) {
        synchronized (VERDICTS) {
            VERDICTS.put(failure, verdict);
        }
    }

    static Optional<Verdict> verdictOn(SQLException failure) {
        synchronized (VERDICTS) {
            return Optional.ofNullable(VERDICTS.get(failure));
        }
    }
}
