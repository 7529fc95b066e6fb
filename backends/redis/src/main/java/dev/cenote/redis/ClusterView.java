package dev.cenote.redis;

import dev.cenote.protocols.HostAndPort;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which node has which slots, as one node of the cluster tells it.
 *
 * @param ranges the slots that some master has
 * @param replicas nodes that have none, but know who has
 * @param epoch how far that node has followed the changes of the cluster: it grows with each
 */
record ClusterView(List<Range> ranges, Set<HostAndPort> replicas, long epoch) {
    private static final Pattern EPOCH = Pattern.compile("cluster_current_epoch:(\\d+)");

    /** Slots from {@code first} to {@code last}, both included, and their master. */
    record Range(int first, int last, HostAndPort master) {}

    /** Reads the answers to CLUSTER SLOTS and CLUSTER INFO that {@code from} gave. */
    static ClusterView parse(List<?> answer, String info, HostAndPort from) {
        var ranges = new ArrayList<Range>();
        var replicas = new LinkedHashSet<HostAndPort>();
        for (Object line : answer) {
            List<?> fields = (List<?>) line;
            ranges.add(new Range(number(fields.get(0)), number(fields.get(1)), address((List<?>) fields.get(2), from)));
            for (Object replica : fields.subList(3, fields.size())) {
                replicas.add(address((List<?>) replica, from));
            }
        }
        Matcher told = EPOCH.matcher(info);
        return new ClusterView(List.copyOf(ranges), replicas, told.find() ? Long.parseLong(told.group(1)) : 0);
    }

    private static int number(Object field) {
        return ((Number) field).intValue();
    }

    /** A node that does not know under which name it is reached leaves it out, or says "?": that of who asked it holds. */
    private static HostAndPort address(List<?> node, HostAndPort from) {
        Object host = node.get(0);
        boolean told = host instanceof String text && !text.isEmpty() && !text.equals("?");
        return new HostAndPort(told ? (String) host : from.host(), OptionalInt.of(number(node.get(1))));
    }
}
