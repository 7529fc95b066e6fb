package dev.cenote.protocols.errors;

import dev.cenote.protocols.Holder;
import dev.cenote.protocols.PoolStats;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No connection came in time because all of them are leased. Says nothing of the server. */
public class PoolExhaustedException extends AcquireTimeoutException {
    private static final long serialVersionUID = 1L;

    public PoolExhaustedException(
            Duration waited, PoolStats stats, List<Holder> holders, @Nullable Throwable lastConnectFailure) {
        super(Phase.WAITING, waited, stats, holders, lastConnectFailure);
    }
}
