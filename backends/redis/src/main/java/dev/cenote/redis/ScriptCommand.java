package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A script by its digest, and by its source where the server does not know it: NOSCRIPT says that nothing was executed, and
 * to send the source makes it known. Among others the source is sent at once, since there is no waiting for NOSCRIPT.
 */
record ScriptCommand<R>(SingleCommand<R> byDigest, SingleCommand<R> bySource) implements Execution<R> {
    private static boolean isUnknown(Throwable failure) {
        RedisCommandExecutionException said = RedisClassifier.find(failure, RedisCommandExecutionException.class);
        return said != null && RedisClassifier.prefix(said).equals("NOSCRIPT");
    }

    @Override
    public CompletionStage<R> start(RedisConnection connection, Deadline deadline) {
        return byDigest.start(connection, deadline)
                .handle((result, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(result);
                    }
                    return isUnknown(failure)
                            ? bySource.start(connection, deadline)
                            : CompletableFuture.<R>failedFuture(failure);
                })
                .thenCompose(stage -> stage);
    }

    @Override
    public R run(RedisConnection connection, Deadline deadline) throws Exception {
        try {
            return byDigest.run(connection, deadline);
        } catch (RedisCommandExecutionException failure) {
            if (isUnknown(failure)) {
                return bySource.run(connection, deadline);
            }
            throw failure;
        }
    }

    @Override
    public CompletionStage<R> startAmongOthers(RedisConnection connection) {
        return bySource.startAmongOthers(connection);
    }

    @Override
    public Optional<String> whyAlone() {
        return Optional.empty();
    }
}
