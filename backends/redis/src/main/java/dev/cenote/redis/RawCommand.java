package dev.cenote.redis;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.Effect;
import io.lettuce.core.protocol.CommandType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commands by name: which of them are refused, which change the session, which wait, and which may share a connection. */
final class RawCommand {
    /** What keeps a command from sharing a connection. */
    enum Kind {
        ORDINARY,
        WAITS,
        /** It concerns the connection that it is sent on. */
        OWN,
        CHANGES_SESSION,
        UNKNOWN
    }

    private static final String TRANSACTION = "pool.transaction";
    private static final String PUB_SUB = "pool.pubSub()";
    private static final String POOL = "the pool's builder";

    /** Commands that would take the connection out of the pool's hands, and what does it instead. */
    static final Map<String, String> REFUSED = new TreeMap<>(Map.ofEntries(
            Map.entry("MULTI", TRANSACTION),
            Map.entry("EXEC", TRANSACTION),
            Map.entry("DISCARD", TRANSACTION),
            Map.entry("WATCH", TRANSACTION),
            Map.entry("UNWATCH", TRANSACTION),
            Map.entry("SUBSCRIBE", PUB_SUB),
            Map.entry("PSUBSCRIBE", PUB_SUB),
            Map.entry("SSUBSCRIBE", PUB_SUB),
            Map.entry("UNSUBSCRIBE", PUB_SUB),
            Map.entry("PUNSUBSCRIBE", PUB_SUB),
            Map.entry("SUNSUBSCRIBE", PUB_SUB),
            Map.entry("HELLO", POOL),
            Map.entry("RESET", "the return of the lease"),
            Map.entry("QUIT", "the return of the lease"),
            Map.entry("CLIENT REPLY", "executeAsync"),
            Map.entry("MONITOR", "a connection of your own"),
            Map.entry("SYNC", "a connection of your own"),
            Map.entry("PSYNC", "a connection of your own"),
            Map.entry("REPLCONF", "a connection of your own")));

    /** Commands that wait on the server. */
    static final Set<String> WAITING = new TreeSet<>(Set.of(
            "BLPOP",
            "BRPOP",
            "BRPOPLPUSH",
            "BLMOVE",
            "BLMOVEM",
            "BLMPOP",
            "BZPOPMIN",
            "BZPOPMAX",
            "BZMPOP",
            "WAIT",
            "WAITAOF",
            "MIGRATE",
            "XREAD ... BLOCK",
            "XREADGROUP ... BLOCK"));

    /** Commands that change the session of their connection. Of CLIENT all do, save some. */
    static final Set<String> SESSION = new TreeSet<>(
            Set.of("SELECT", "AUTH", "READONLY", "READWRITE", "ASKING", "CLIENT", "SCRIPT DEBUG", "CLUSTER RESET"));

    /** Those that only ask or order, of which some tell of the very connection that they are sent on. */
    static final Set<String> CLIENT_HARMLESS = new TreeSet<>(Set.of(
            "CLIENT ID",
            "CLIENT INFO",
            "CLIENT LIST",
            "CLIENT GETNAME",
            "CLIENT GETREDIR",
            "CLIENT TRACKINGINFO",
            "CLIENT KILL",
            "CLIENT UNBLOCK",
            "CLIENT PAUSE",
            "CLIENT UNPAUSE",
            "CLIENT HELP"));

    private static final Set<String> KNOWN =
            Arrays.stream(CommandType.values()).map(CommandType::name).collect(Collectors.toUnmodifiableSet());

    private RawCommand() {}

    static RedisOperation<RedisReply> operation(Effect effect, String name, Object... args) {
        String word = Check.notBlank("name", name).strip().toUpperCase(Locale.ROOT);
        if (word.indexOf(' ') >= 0) {
            throw new IllegalArgumentException(
                    "name must be one word, with the others as arguments, was \"" + name + "\"");
        }
        String first = args.length > 0 && args[0] instanceof String text ? text.toUpperCase(Locale.ROOT) : null;
        requireAllowed(word, first);
        var draft = new Draft<>(ValueCodec.bytes(), ValueCodec.bytes(), word, effect);
        for (Object arg : args) {
            add(draft, arg);
        }
        switch (kind(word, first, args)) {
            case WAITS, OWN, UNKNOWN -> draft.alone();
            case CHANGES_SESSION -> draft.changingSession();
            case ORDINARY -> {}
        }
        return draft.reply(Reply.ANY);
    }

    private static void requireAllowed(String name, @Nullable String first) {
        for (String whole : new String[] {name, name + " " + first}) {
            String instead = REFUSED.get(whole);
            if (instead != null) {
                throw new IllegalArgumentException("name must not be " + whole + ", which " + instead + " is for");
            }
        }
    }

    private static Kind kind(String name, @Nullable String first, Object... args) {
        String whole = name + " " + first;
        if (WAITING.contains(name) || isBlockingRead(name, args)) {
            return Kind.WAITS;
        }
        if (SESSION.contains(whole) || SESSION.contains(name) && !CLIENT_HARMLESS.contains(whole)) {
            return Kind.CHANGES_SESSION;
        }
        if (CLIENT_HARMLESS.contains(whole)) {
            return Kind.OWN;
        }
        return KNOWN.contains(name) ? Kind.ORDINARY : Kind.UNKNOWN;
    }

    /** Whatever stands there: a stream or consumer that is called so gets a connection to itself for nothing. */
    private static boolean isBlockingRead(String name, Object... args) {
        return name.startsWith("XREAD") && Arrays.stream(args).anyMatch(RawCommand::isBlock);
    }

    private static boolean isBlock(Object arg) {
        String word = arg instanceof byte[] bytes ? ValueCodec.strings().decode(bytes) : String.valueOf(arg);
        return word.equalsIgnoreCase("BLOCK");
    }

    private static void add(Draft<byte[], byte[]> draft, Object arg) {
        if (arg instanceof RawKey key) {
            draft.key(key.bytes());
        } else if (arg instanceof byte[] bytes) {
            draft.bytes(bytes);
        } else if (arg instanceof Double || arg instanceof Float) {
            draft.number(((Number) arg).doubleValue());
        } else if (arg instanceof String || arg instanceof Number) {
            draft.word(arg.toString());
        } else {
            // Not what it says: it may be a secret.
            throw new IllegalArgumentException("argument must be text, bytes, a number or a key, was a "
                    + (arg == null ? "null" : arg.getClass().getName()));
        }
    }
}
