package dev.cenote.cli.bench;

import static dev.cenote.redis.RedisOperations.command;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.redis.RedisConnection;
import dev.cenote.redis.RedisOperations;
import dev.cenote.redis.RedisReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command of Redis as people type it. What it does to the data is asked of the server. */
final class RedisText {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Set<String> CHANGES = Set.of("write", "admin", "may_replicate", "pubsub", "noscript");

    private RedisText() {}

    static Operation<RedisConnection, ?> operation(Pool<?> pool, String text, boolean writes) {
        List<String> words = words(text);
        if (words.isEmpty()) {
            throw new ConfigurationException("query must be a command such as GET key, was blank");
        }
        @SuppressWarnings("unchecked") // the pools of Redis lend connections of Redis
        boolean reads = onlyReads((Pool<RedisConnection>) pool, words);
        if (!reads) {
            Load.refuseUnless(writes, text);
        }
        Object[] arguments = words.subList(1, words.size()).toArray();
        if (arguments.length > 0) {
            // So that a cluster sends it to the right node; elsewhere it makes no difference.
            arguments[0] = RedisOperations.key(words.get(1));
        }
        return command(reads ? Effect.READ_ONLY : Effect.NON_IDEMPOTENT, words.get(0), arguments);
    }

    /** Words, of which those in quotation marks may hold spaces. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(
                    matcher.group(1) != null
                            ? matcher.group(1)
                            : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        }
        return words;
    }

    private static boolean onlyReads(Pool<RedisConnection> pool, List<String> words) {
        String name = words.get(0);
        Set<String> flags = words.size() > 1 ? flags(pool, name + "|" + words.get(1)) : Set.of();
        if (flags.isEmpty()) {
            flags = flags(pool, name);
        }
        return flags.contains("readonly") || (!flags.isEmpty() && flags.stream().noneMatch(CHANGES::contains));
    }

    /** What the server says of a command; nothing where it does not know it. */
    private static Set<String> flags(Pool<RedisConnection> pool, String name) {
        List<RedisReply> found =
                pool.execute(command(Effect.READ_ONLY, "COMMAND", "INFO", name)).list();
        if (found.isEmpty() || found.get(0).isNothing()) {
            return Set.of();
        }
        return found.get(0).list().get(2).list().stream()
                .map(flag -> flag.text().orElse(""))
                .collect(Collectors.toSet());
    }
}
