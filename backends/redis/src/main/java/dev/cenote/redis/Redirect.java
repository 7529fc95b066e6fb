package dev.cenote.redis;

import dev.cenote.protocols.HostAndPort;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node of a cluster sends who asked it.
 *
 * @param once true if only this command belongs there, since the slot is on its way (ASK); false if the slot has moved
 * @param slot the slot
 * @param node who has it
 */
record Redirect(boolean once, int slot, HostAndPort node) {
    private static final Pattern MESSAGE = Pattern.compile("(MOVED|ASK) (\\d+) (.*):(\\d+)");

    /** Reads what {@code from} said; empty if it is no redirect. */
    static Optional<Redirect> parse(String message, HostAndPort from) {
        Matcher words = MESSAGE.matcher(message);
        if (!words.matches()) {
            return Optional.empty();
        }
        String host = words.group(3).isEmpty() ? from.host() : words.group(3);
        return Optional.of(new Redirect(
                words.group(1).equals("ASK"),
                Integer.parseInt(words.group(2)),
                new HostAndPort(host, OptionalInt.of(Integer.parseInt(words.group(4))))));
    }
}
