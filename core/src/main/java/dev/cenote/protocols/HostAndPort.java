package dev.cenote.protocols;

import dev.cenote.protocols.errors.ConfigurationException;
import java.util.OptionalInt;

/**
 * A server's address. Immutable.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param port the port, if one was given
 */
public record HostAndPort(String host, OptionalInt port) {
    /**
     * Reads {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}.
     *
     * @throws ConfigurationException if it is none of these
     */
    public static HostAndPort parse(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        if (text.startsWith("[") && bracket < 0) {
            throw new ConfigurationException("host must close its bracket, was " + text);
        }
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = bracket > 0 ? text.substring(1, bracket) : colon < 0 ? text : text.substring(0, colon);
        if (host.isEmpty()) {
            throw new ConfigurationException("host must not be empty, was " + (text.isEmpty() ? "\"\"" : text));
        }
        if (bracket > 0 && colon < 0 && bracket != text.length() - 1) {
            throw new ConfigurationException("host must end at its bracket or go on with :port, was " + text);
        }
        return new HostAndPort(
                host, colon < 0 ? OptionalInt.empty() : OptionalInt.of(parsePort(text.substring(colon + 1))));
    }

    private static int parsePort(String text) {
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new ConfigurationException("port must be a number, was " + (text.isEmpty() ? "\"\"" : text));
        }
        if (port < 1 || port > 65535) {
            throw new ConfigurationException("port must be between 1 and 65535, was " + port);
        }
        return port;
    }

    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port.isPresent() ? shown + ":" + port.getAsInt() : shown;
    }
}
