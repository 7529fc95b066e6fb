package dev.cenote.jdbc.datasource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Database;
import dev.cenote.protocols.HostAndPort;
import java.sql.Connection;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of statements, names and URLs. */
class TextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "select a from t where b = 'secret'|select a from t where b = ?",
                "select a from t where b = 'it''s' and c = 12.5e3|select a from t where b = ?? and c = ?",
                "select $1, $2 from t1|select $1, $2 from t1",
                "select $$secret$$ from t|select ? from t",
                "select $tag$ it's $$ secret $tag$, 1|select ?, ?",
                "/* secret */ select  1 -- secret|select ?",
                "alter user u password 'secret|alter user u password ?",
                "select 'a\\', 'secret'|select ?",
                "select \"Name\" from \"Users\"|select \"Name\" from \"Users\"",
                "select \"secret|select ?",
                "select E'a\\'secret'|select E?",
            })
    void digestsHaveNoLiterals(String sql, String digest) {
        assertThat(SqlDigest.of(sql, false)).isEqualTo(digest).doesNotContain("secret");
    }

    @Test
    void doubleQuotesAreTextWhereTheProductHasItSo() {
        assertThat(SqlDigest.of("alter user u identified by \"secret\" # secret", true))
                .isEqualTo("alter user u identified by ?");
        assertThat(SqlDigest.of("select `a` from `b`", true)).isEqualTo("select `a` from `b`");
    }

    @Test
    void digestsAreNotLong() {
        assertThat(SqlDigest.of("select " + "a, ".repeat(100) + "b", false))
                .hasSizeLessThanOrEqualTo(120)
                .hasSizeGreaterThan(110)
                .endsWith("…");
        assertThat(SqlDigest.of("select\n\t a\r\nfrom b", false)).isEqualTo("select a from b");
        assertThat(SqlDigest.of("", false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set transaction read only",
                "START TRANSACTION READ ONLY",
                "begin read only",
                "SET default_transaction_read_only = on",
                "set session transaction_read_only = 1"
            })
    void readOnlyIsSeen(String sql) {
        assertThat(SqlSigns.of(sql) & SqlSigns.READ_ONLY).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'read only'",
                "set a = 1",
                "begin",
                "",
                "st",
                "start transaction",
                "update t set read_only=1"
            })
    void nothingElseIs(String sql) {
        assertThat(SqlSigns.of(sql) & SqlSigns.READ_ONLY).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "begin, true",
        "BEGIN;, true",
        "begin work, true",
        "begin isolation level serializable, true",
        "start transaction with consistent snapshot, true",
        "BEGIN TRAN, true",
        "begin try select 1 end try, false",
        "BEGIN dbms_lock.sleep(1); END;, false",
        "'  begin', true",
        "'/* by hand */ -- so\n begin', true",
        "select 1; begin; insert into t values (1), true",
        "start slave, false",
        "set a = 1, false",
        "select 'begin', false"
    })
    void theBeginOfATransactionIsSeen(String sql, boolean begins) {
        assertThat((SqlSigns.of(sql) & SqlSigns.BEGINS) != 0).isEqualTo(begins);
    }

    @ParameterizedTest
    @CsvSource({
        "set autocommit=0, true",
        "SET SESSION autocommit = off, true",
        "set @@autocommit=0, true",
        "select 1; set autocommit=0, true",
        "set names utf8, false",
        "select autocommit, false"
    })
    void aChangeOfAutoCommitIsSeen(String sql, boolean changes) {
        assertThat((SqlSigns.of(sql) & SqlSigns.AUTO_COMMIT) != 0).isEqualTo(changes);
    }

    @ParameterizedTest
    @CsvSource({
        "READ_COMMITTED, 2",
        "TRANSACTION_READ_COMMITTED, 2",
        "read committed, 2",
        "repeatable-read, 4",
        "serializable, 8",
        "none, 0",
        "4096, 4096"
    })
    void isolationHasNames(String name, int level) {
        assertThat(Isolation.level(name)).isEqualTo(level);
        assertThat(Connection.TRANSACTION_READ_COMMITTED).isEqualTo(2);
    }

    @Test
    void aUrlTellsWhatIsNoSecret() {
        assertThat(DatabaseOfUrl.of("jdbc:postgresql://db:5433,other/shop?password=secret", Optional.empty()))
                .isEqualTo(new Database(
                        "postgresql", Optional.of(new HostAndPort("db", OptionalInt.of(5433))), Optional.of("shop")));
        assertThat(DatabaseOfUrl.of("jdbc:mysql://u:secret@db/shop", Optional.empty())
                        .toString())
                .contains("db", "shop")
                .doesNotContain("secret");
        assertThat(DatabaseOfUrl.of("jdbc:h2:mem:x;PASSWORD=secret", Optional.empty()))
                .isEqualTo(new Database("h2database", Optional.empty(), Optional.empty()));
        assertThat(DatabaseOfUrl.of(null, Optional.empty()).system()).isEqualTo("other_sql");
    }
}
