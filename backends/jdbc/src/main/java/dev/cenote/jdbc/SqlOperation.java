package dev.cenote.jdbc;

import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operations have in common: a statement that was read once, when the operation was made. */
abstract class SqlOperation<R> implements Operation<JdbcConnection, R> {
    final SqlText text;
    private final String name;
    private final Class<? super R> resultType;

    SqlOperation(String name, SqlText text, Class<? super R> resultType) {
        this.name = name;
        this.text = text;
        this.resultType = resultType;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Optional<String> target() {
        return text.target();
    }

    @Override
    public Effect effect() {
        return text.effect();
    }

    @Override
    public final Class<? super R> resultType() {
        return resultType;
    }

    static void bind(Dialect dialect, PreparedStatement statement, List<? extends @Nullable Object> params)
            throws SQLException {
        int index = 1;
        for (Object param : params) {
            dialect.bind(statement, index++, param);
        }
    }

    /** Name and statement; never the parameters, which may be secret. */
    @Override
    public final String toString() {
        return name + "[" + text.sql() + "]";
    }
}
