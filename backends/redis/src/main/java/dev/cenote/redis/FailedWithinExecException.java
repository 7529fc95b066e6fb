package dev.cenote.redis;

import io.lettuce.core.RedisCommandExecutionException;

/** A command failed while EXEC ran, which executed the others: whatever its error says elsewhere, they are not to run again. */
final class FailedWithinExecException extends RedisCommandExecutionException {
    private static final long serialVersionUID = 1L;

    FailedWithinExecException(RedisCommandExecutionException said) {
        super(said.getMessage(), said);
    }
}
