package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How an operation is sent, and what is made of its reply. */
interface Execution<R> {
    /** Sends it; the reply is read on the driver's thread. */
    CompletionStage<R> start(RedisConnection connection, Deadline deadline);

    /** Sends it and waits; the reply is read on the caller's thread. */
    R run(RedisConnection connection, Deadline deadline) throws Exception;

    /** Sends it among others, where no reply can be waited for before the next is sent. */
    CompletionStage<R> startAmongOthers(RedisConnection connection);

    /** Why it cannot be sent among others; empty if it can. */
    Optional<String> whyAlone();
}
