package dev.cenote.redis;

import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The commands that need a connection of their own, since they block it, change its session, or tell of what was sent on
 * it. Operations say their lane themselves; this is the last word, at the connection, for one that says it wrongly.
 */
final class ExclusiveCommands {
    static final Set<String> NAMES = Set.of(
            // block
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
            // transactions
            "WATCH",
            "UNWATCH",
            "MULTI",
            "EXEC",
            "DISCARD",
            // the session
            "SELECT",
            "AUTH",
            "HELLO",
            "CLIENT",
            "RESET",
            "QUIT",
            "READONLY",
            "READWRITE",
            "ASKING",
            // make another thing of the connection
            "SUBSCRIBE",
            "UNSUBSCRIBE",
            "PSUBSCRIBE",
            "PUNSUBSCRIBE",
            "SSUBSCRIBE",
            "SUNSUBSCRIBE",
            "MONITOR",
            "SYNC",
            "PSYNC");

    private static final Set<CommandType> TYPES = Arrays.stream(CommandType.values())
            .filter(type -> NAMES.contains(type.name()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(CommandType.class)));

    private ExclusiveCommands() {}

    /**
     * Lets {@code command} be sent on a shared connection.
     *
     * @throws IllegalStateException if it needs one of its own; nothing has been sent then
     */
    static void refuse(RedisCommand<?, ?, ?> command) {
        ProtocolKeyword type = command.getType();
        boolean excluded;
        boolean reading;
        if (type instanceof CommandType known) {
            excluded = TYPES.contains(known);
            reading = known == CommandType.XREAD || known == CommandType.XREADGROUP;
        } else {
            String name = type.toString().toUpperCase(Locale.ROOT);
            excluded = NAMES.contains(name);
            reading = name.startsWith("XREAD");
        }
        if (excluded) {
            throw refused(type.toString());
        }
        // These alone say by an argument that they block.
        if (reading && hasBlock(command.getArgs())) {
            throw refused(type + " with BLOCK");
        }
    }

    /** A word of its own, so that no name of a group or key is taken for it. */
    private static boolean hasBlock(@Nullable CommandArgs<?, ?> args) {
        return args != null
                && !Collections.disjoint(
                        Arrays.asList(
                                args.toCommandString().toUpperCase(Locale.ROOT).split(" ")),
                        Set.of("BLOCK", "VALUE<BLOCK>"));
    }

    private static IllegalStateException refused(String command) {
        return new IllegalStateException(
                command + " must have a connection of its own, was sent on a shared one: run it on a lease, or by an"
                        + " operation whose lane is EXCLUSIVE");
    }
}
