package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What a data source has made of an error, for those who get it without the pool. */
class VerdictTest {
    private static CenoteDataSourceBuilder builder() {
        return CenoteDataSource.builder()
                .url("jdbc:h2:mem:verdicts;DB_CLOSE_DELAY=-1")
                .user("sa")
                .password("");
    }

    private static SQLException syntaxError(CenoteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return catchThrowableOfType(SQLException.class, () -> statement.execute("select from where"));
        }
    }

    @Test
    void eachDataSourceHasItsUsersChanges() throws SQLException {
        try (CenoteDataSource plain = builder().build();
                CenoteDataSource changed = builder()
                        .verdictIf(SQLException.class::isInstance, verdict -> verdict.withCall(CallFate.ROLLED_BACK))
                        .build()) {
            assertThat(CenoteDataSource.verdictOn(syntaxError(plain)))
                    .contains(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
            assertThat(CenoteDataSource.verdictOn(syntaxError(changed)))
                    .contains(new Verdict(ConnectionFate.KEEP, CallFate.ROLLED_BACK));
        }
    }

    @Test
    void errorsOfWhatIsOpenOnAConnectionAreKnownToo() throws SQLException {
        try (CenoteDataSource source = builder().build();
                Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("select 1");
                ResultSet result = statement.executeQuery()) {
            result.next();
            SQLException thrown = catchThrowableOfType(SQLException.class, () -> result.getString("none"));

            assertThat(CenoteDataSource.verdictOn(thrown)).isPresent();
            assertThat(thrown.getSuppressed()).as("it is as the driver made it").isEmpty();
        }
    }

    @Test
    void nothingIsKnownOfOthers() {
        assertThat(CenoteDataSource.verdictOn(new SQLException("of nobody", "42000")))
                .isEmpty();
    }
}
