package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WithJooqTest {
    private final CenoteDataSource source = Shop.pool(2).build();
    private final DSLContext jooq = WithJooq.jooq(source);

    @BeforeEach
    void fill() throws SQLException {
        Shop.run(
                "drop table if exists accounts",
                "create table accounts (owner text primary key, balance integer not null check (balance >= 0))");
        WithJooq.open(jooq, 200);
    }

    @AfterEach
    void close() {
        Shop.assertAtRest(source);
        source.close();
    }

    @Test
    void transferIsAllOrNothing() throws SQLException {
        WithJooq.transfer(jooq, "owner 1", "owner 2", 60);
        assertThatThrownBy(() -> WithJooq.transfer(jooq, "owner 1", "owner 2", 60))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("accounts_balance_check");

        assertThat(Shop.ask(
                        source,
                        "select string_agg(balance::text, ' ' order by owner) from accounts"
                                + " where owner in ('owner 1', 'owner 2')"))
                .isEqualTo("40 160");
    }

    @Test
    void cursorHoldsOneConnectionWhileItIsOpen() {
        var leased = new ArrayList<Integer>();

        assertThat(WithJooq.sum(jooq, () -> leased.add(Shop.leased(source)))).isEqualTo(20_000);

        assertThat(leased).hasSize(200).containsOnly(1);
        assertThat(Shop.leased(source)).isZero();
    }

    @Test
    void cursorClosedEarlyGivesItsConnectionBack() {
        assertThat(WithJooq.firstOwners(jooq, 2)).containsExactly("owner 0", "owner 1");
        assertThat(Shop.leased(source)).isZero();
    }

    @Test
    void forgottenCursorHoldsItsConnection() {
        Cursor<Record> forgotten = jooq.fetchLazy("select * from accounts");

        assertThat(Shop.leased(source)).isEqualTo(1);
        forgotten.close();
    }

    @Test
    void outerContextTakesAnotherConnectionWithinATransaction() {
        jooq.transaction(transaction -> {
            transaction.dsl().fetchCount(DSL.table("accounts"));
            assertThat(Shop.leased(source)).isEqualTo(1);
            try (Cursor<Record> outside = jooq.fetchLazy("select * from accounts")) {
                assertThat(Shop.leased(source)).isEqualTo(2);
            }
        });
    }
}
