package dev.cenote.protocols;

import dev.cenote.protocols.errors.CenoteException;
import java.time.Duration;

/**
 * Why connecting failed last; there is none once a connect has succeeded since.
 *
 * @param error the driver's
 * @param ago how long ago
 * @param inARow how many attempts have failed since the last that succeeded
 */
public record ConnectFailure(Throwable error, Duration ago, int inARow) {
    @Override
    public String toString() {
        return CenoteException.describe(error) + " (" + ago.toMillis() + " ms ago, " + inARow + " in a row)";
    }
}
