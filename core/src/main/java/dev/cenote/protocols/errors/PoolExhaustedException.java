package dev.cenote.protocols.errors;

import dev.cenote.protocols.PoolReport;
import java.time.Duration;

/** No connection came in time because all of them are leased. Says nothing of the server. */
public class PoolExhaustedException extends AcquireTimeoutException {
    private static final long serialVersionUID = 1L;

    public PoolExhaustedException(Duration waited, PoolReport report) {
        super(Phase.WAITING, waited, report);
    }
}
