package dev.cenote.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Redis tells of a stream and its groups. */
public final class StreamReports {
    private StreamReports() {}

    /**
     * What is pending in a group.
     *
     * @param count number of entries
     * @param lowest id of the first of them
     * @param highest id of the last of them
     * @param byConsumer their number, by consumer
     */
    public record PendingSummary(
            long count, Optional<String> lowest, Optional<String> highest, Map<String, Long> byConsumer) {}

    /**
     * An entry that has been given to a consumer and not been acknowledged.
     *
     * @param idle time since it was last given
     * @param deliveries how often it was given
     */
    public record PendingEntry(String id, String consumer, Duration idle, long deliveries) {}

    /**
     * Entries that were given to another consumer.
     *
     * @param next where to go on; {@code 0-0} at the end
     * @param deleted ids of entries that were pending and are no longer in the stream
     */
    public record Claimed<K, V>(String next, List<StreamEntry<K, V>> entries, List<String> deleted) {}

    /**
     * A stream.
     *
     * @param length number of entries
     * @param groups number of groups
     * @param lastId the greatest id that was ever given
     * @param first the oldest entry
     * @param last the newest entry
     */
    public record StreamInfo<K, V>(
            long length,
            long groups,
            String lastId,
            Optional<StreamEntry<K, V>> first,
            Optional<StreamEntry<K, V>> last) {}

    /**
     * A group.
     *
     * @param lastDelivered id of the entry that was given last
     * @param lag number of entries not given yet; empty if the server does not know
     */
    public record GroupInfo(String name, long consumers, long pending, String lastDelivered, Optional<Long> lag) {}

    /**
     * A consumer of a group.
     *
     * @param pending number of its entries that it has not acknowledged
     * @param idle time since it last asked for anything
     */
    public record ConsumerInfo(String name, long pending, Duration idle) {}
}
