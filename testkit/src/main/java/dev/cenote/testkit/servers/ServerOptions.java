package dev.cenote.testkit.servers;

import java.util.List;
import java.util.Optional;

/**
 * How an embedded server is started. Immutable.
 *
 * @param password of the administrator, over the network; empty to let everybody in
 * @param arguments further arguments of its command line, in the server's own words
 */
public record ServerOptions(Optional<String> password, List<String> arguments) {
    public ServerOptions {
        arguments = List.copyOf(arguments);
    }

    /** Lets everybody in, no further arguments. */
    public static ServerOptions defaults() {
        return new ServerOptions(Optional.empty(), List.of());
    }

    /** These, asking for a password. */
    public ServerOptions withPassword(String secret) {
        return new ServerOptions(Optional.of(secret), arguments);
    }

    /** These, with those arguments. */
    public ServerOptions withArguments(String... more) {
        return new ServerOptions(password, List.of(more));
    }

    @Override
    public String toString() {
        return "ServerOptions[" + (password.isPresent() ? "password ***, " : "") + "arguments " + arguments + "]";
    }
}
