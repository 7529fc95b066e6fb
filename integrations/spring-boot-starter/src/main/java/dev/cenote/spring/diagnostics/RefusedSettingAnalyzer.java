package dev.cenote.spring.diagnostics;

import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.errors.PoolException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * A database that was reached, but refused what a property asks for on each new connection. Comes before {@link
 * NoConnectionAnalyzer}, which would send the reader to look for a server.
 *
 * <p>Which property it was, the driver's exception does not say. It is known by where the exception was made: in the method
 * that sets that option, or runs that statement; of a property of the driver, by its name in what the driver says.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RefusedSettingAnalyzer extends AbstractFailureAnalyzer<PoolException> {
    private static final String PREFIX = "spring.datasource.cenote.";
    private static final String DRIVER = PREFIX + "driver-properties";
    private static final String DEFAULTS = "dev.cenote.jdbc.datasource.SessionDefaults";

    /** The properties by the methods of a connection that set them. */
    private static final Map<String, String> SETTERS = Map.of(
            "setAutoCommit", PREFIX + "auto-commit",
            "setCatalog", PREFIX + "catalog",
            "setReadOnly", PREFIX + "read-only",
            "setSchema", PREFIX + "schema",
            "setTransactionIsolation", PREFIX + "transaction-isolation");

    /** Class of the SQL states that say that it is the user who is refused. */
    private static final String AUTHORIZATION = "28";

    /** Of those that say that the connection was lost, or that the server goes or comes: then nothing was refused. */
    private static final Set<String> LOST = Set.of("08", "57P");

    private final Environment environment;

    RefusedSettingAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PoolException cause) {
        SQLException refused = findCause(cause, SQLException.class);
        if (refused == null) {
            return null;
        }
        return option(refused)
                .filter(this::isSet)
                .or(() -> driverProperty(refused))
                .map(property -> new FailureAnalysis(
                        "The database refused what " + property + " asks for on each new connection: "
                                + PoolUri.maskMessage(String.valueOf(refused.getMessage())),
                        "Change " + property + ", or leave it out: " + hint(property) + ".",
                        cause))
                .orElse(null);
    }

    private static String hint(String property) {
        if (property.startsWith(DRIVER)) {
            return "it is a property of the driver, whose documentation says what it may be";
        }
        return "it holds for each new connection, and the user that the pool connects as must be allowed to have it";
    }

    private static Optional<String> option(SQLException refused) {
        String state = refused.getSQLState();
        if (state != null && LOST.stream().anyMatch(state::startsWith)) {
            return Optional.empty();
        }
        StackTraceElement[] stack = refused.getStackTrace();
        for (int at = 0; at < stack.length; at++) {
            if (stack[at].getClassName().equals(DEFAULTS)) {
                return stack[at].getMethodName().equals("run")
                        ? Optional.of(PREFIX + "connection-init-sql")
                        : setter(stack, at);
            }
        }
        return Optional.empty();
    }

    /** The outermost of those that were called from there. */
    private static Optional<String> setter(StackTraceElement[] stack, int from) {
        for (int at = from - 1; at >= 0; at--) {
            String property = SETTERS.get(stack[at].getMethodName());
            if (property != null) {
                return Optional.of(property);
            }
        }
        return Optional.empty();
    }

    /** A pool that the application makes by itself may have it from elsewhere. */
    private boolean isSet(String property) {
        try {
            return Binder.get(environment).bind(property, String.class).isBound();
        } catch (BindException malformed) {
            return false;
        }
    }

    private Optional<String> driverProperty(SQLException refused) {
        String state = refused.getSQLState();
        if (state != null && state.startsWith(AUTHORIZATION)) {
            return Optional.empty();
        }
        String said = String.valueOf(refused.getMessage());
        return driverProperties().stream()
                .filter(name -> Pattern.compile("\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE)
                        .matcher(said)
                        .find())
                .findFirst()
                .map(name -> DRIVER + "." + name);
    }

    private Set<String> driverProperties() {
        try {
            return Binder.get(environment)
                    .bind(DRIVER, Bindable.mapOf(String.class, String.class))
                    .orElseGet(Map::of)
                    .keySet();
        } catch (BindException malformed) {
            return Set.of();
        }
    }
}
