package dev.cenote.dashboard;

import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How a dashboard behaves. Immutable.
 *
 * @param pools the pools to show by name, asked for again each second
 * @param bind the address it listens on
 * @param port the port it listens on; 0 for any that is free
 * @param token what a request must show
 * @param allowedHosts names beside those of the loopback address under which it may be asked for, with a port or for any
 * @param readOnly true if it changes no pool
 * @param openReading true if who only reads needs no token
 * @param acquireEvents true if the log tells of each acquire and release too
 */
record DashboardOptions(
        Supplier<? extends Map<String, ? extends Pool<?>>> pools,
        InetAddress bind,
        int port,
        String token,
        List<String> allowedHosts,
        boolean readOnly,
        boolean openReading,
        boolean acquireEvents) {
    private static final int SHORTEST_TOKEN = 16;

    DashboardOptions {
        allowedHosts = List.copyOf(allowedHosts);
        if (port < 0 || port > 65535) {
            throw new ConfigurationException("port must be between 0 and 65535, was " + port);
        }
        if (token.length() < SHORTEST_TOKEN || !token.matches("[A-Za-z0-9._~-]+")) {
            throw new ConfigurationException("token must be at least " + SHORTEST_TOKEN
                    + " letters, digits or any of . _ ~ - (" + token.length() + " characters were given)");
        }
        for (String host : allowedHosts) {
            if (!host.matches("[A-Za-z0-9._-]+(:[0-9]+)?|\\[[0-9A-Fa-f:.]+](:[0-9]+)?")) {
                throw new ConfigurationException("allowedHosts must be host or host:port each, one was " + host);
            }
        }
        if (bind.isAnyLocalAddress() && allowedHosts.isEmpty()) {
            throw new ConfigurationException(
                    "allowedHosts must name the hosts under which the dashboard may be asked for"
                            + " when it listens on all addresses, was empty");
        }
    }

    /** An address as it stands in a URI. */
    static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text.replaceFirst("%.*", "") + "]" : text;
    }
}
