package dev.cenote.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoNamespace;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.ConfigurationException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A connection string that has been checked without asking a name server: the driver resolves {@code mongodb+srv} names
 * as it parses, which must wait until a thread may block for it.
 */
final class MongoUri {
    private static final int MONGO_PORT = 27017;

    private final PoolUri uri;
    private final ConnectionString checked;

    private MongoUri(PoolUri uri) {
        this.uri = uri;
        if (!MongoBackend.SCHEMES.contains(uri.scheme())) {
            throw new ConfigurationException("uri must start with mongodb:// or mongodb+srv://, was " + uri);
        }
        requireAmpersands();
        UriOptions.check(uri.driverParameters());
        database().ifPresent(MongoUri::validDatabase);
        this.checked = parse();
    }

    /**
     * Checks {@code uri}.
     *
     * @throws ConfigurationException if the driver would refuse, ignore or misread part of it
     */
    static MongoUri of(PoolUri uri) {
        return new MongoUri(uri);
    }

    /** The first server that it names, with its port. */
    Optional<HostAndPort> firstServer() {
        return checked.getHosts().stream()
                .findFirst()
                .map(HostAndPort::parse)
                .map(server -> new HostAndPort(
                        server.host(), OptionalInt.of(server.port().orElse(MONGO_PORT))));
    }

    /** The driver takes a semicolon for a separator too, and so would find an option in what was checked as a value. */
    private void requireAmpersands() {
        String text = uri.driverUri();
        int queryAt = text.indexOf('?');
        if (queryAt >= 0 && text.indexOf(';', queryAt) >= 0) {
            throw new ConfigurationException(
                    "parameters must be separated by &, and a ; in a value written as %3B, was " + uri);
        }
    }

    private ConnectionString parse() {
        try {
            return parse(uri.driverUri());
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException("uri " + uri + " is malformed: " + reason(malformed));
        }
    }

    private static ConnectionString parse(String text) {
        return new ConnectionString(text, (name, type) -> List.of());
    }

    /** The driver's message may quote the password: what it says of the URI without it is told instead. */
    private String reason(IllegalArgumentException malformed) {
        if (uri.password().isEmpty()) {
            return String.valueOf(malformed.getMessage());
        }
        try {
            parse(PoolUri.mask(uri.driverUri()));
        } catch (IllegalArgumentException alsoMasked) {
            return String.valueOf(alsoMasked.getMessage());
        }
        return "the password must be percent-encoded";
    }

    static String validDatabase(String name) {
        try {
            MongoNamespace.checkDatabaseNameValidity(name);
        } catch (IllegalArgumentException invalid) {
            throw new ConfigurationException(
                    "database must not be empty nor contain a space or any of / \\ . \", was \"" + name + "\"",
                    invalid);
        }
        return name;
    }

    Optional<String> database() {
        return Optional.of(uri.path()).filter(path -> !path.isEmpty());
    }

    boolean hasCredential() {
        return checked.getCredential() != null;
    }

    /** What the driver makes of it; asks the name server where the scheme wants that, and so may block. */
    ConnectionString resolve() {
        return uri.scheme().equals("mongodb") ? checked : new ConnectionString(uri.driverUri());
    }

    /** Masks the password. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
