package dev.cenote.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "  -- why\n /* what */ (SELECT 1) union select 2;",
                "with a as (select 1) select * from a",
                "values (1), (2)",
                "table users",
                "show search_path",
                "explain select 1",
                "select * from users where name = 'insert into'",
                "select \"into\" from users for update",
                "select $$; delete from x$$",
                "select a ->> 'x', b @> '{}' , c #>> '{a}' from t where d ~ '\\d+'",
                "select @@version"
            })
    void readingMayBeRepeatedAndLeavesTheSession(String sql) {
        SqlText text = SqlText.of(sql);
        assertThat(text.effect()).isEqualTo(Effect.READ_ONLY);
        assertThat(text.changesSession()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into users values (1)",
                "update users set a = 1",
                "delete from users",
                "merge into users using x on true when matched then delete",
                "replace into users values (1)",
                "with gone as (delete from users returning *) select * from gone",
                "explain analyze delete from users"
            })
    void writingMayNotBeRepeatedAndLeavesTheSession(String sql) {
        SqlText text = SqlText.of(sql);
        assertThat(text.effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(text.changesSession()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set a = 1",
                "begin",
                "create temporary table t (i int)",
                "listen x",
                "lock table t",
                "prepare p as select 1",
                "select set_config('a', 'b', false)",
                "select PG_Advisory_Lock(1)",
                "select get_lock('a', 1)",
                "select @a := 1",
                "select 1 into temp t",
                "select 1; set a = 1",
                "select '\\' , 'x'",
                "/*! set a = 1 */",
                ""
            })
    void sessionCountsAsChanged(String sql) {
        assertThat(SqlText.of(sql).changesSession()).isTrue();
    }

    @Test
    void nothingIsConcludedFromWhatTheServersReadDifferently() {
        assertThat(SqlText.of("with a as (select '\\') insert into t select 1 --'")
                        .effect())
                .isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(SqlText.of("select 5 # 3").effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(SqlText.of("select 5--3").effect()).isEqualTo(Effect.NON_IDEMPOTENT);
        assertThat(SqlText.of("select /* /* */ 1").effect()).isEqualTo(Effect.NON_IDEMPOTENT);
    }

    @Test
    void targetIsTheFirstTable() {
        assertThat(SqlText.of("select * from shop.users u join x on true").target())
                .contains("shop.users");
        assertThat(SqlText.of("insert into users values (1)").target()).contains("users");
        assertThat(SqlText.of("update users set a = 1").target()).contains("users");
        assertThat(SqlText.of("select 1").target()).isEmpty();
        assertThat(SqlText.of("select * from (select 1) x").target()).isEmpty();
    }
}
