package dev.cenote.cli.top;

import java.util.List;
import java.util.Optional;

/** Where the figures come from. Used by one thread. */
interface Source extends AutoCloseable {
    /** Where that is, without secrets. */
    String name();

    /**
     * Each pool as it is, by name. Blocks.
     *
     * @throws Exception if they cannot be had
     */
    List<PoolRow> read() throws Exception;

    /** What the server says of itself, if it is asked. Blocks. */
    default Optional<String> server() {
        return Optional.empty();
    }

    @Override
    void close() throws Exception;
}
