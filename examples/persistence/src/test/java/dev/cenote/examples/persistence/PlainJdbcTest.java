package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainJdbcTest {
    private final CenoteDataSource source = Shop.pool(2).build();

    @BeforeEach
    void tables() throws SQLException {
        Shop.run(
                "drop table if exists order_lines, orders",
                "create table orders (id bigint generated always as identity primary key, customer text)",
                "create table order_lines (order_id bigint references orders, price integer check (price > 0))",
                "create or replace function order_total(bigint) returns bigint language sql"
                        + " as 'select sum(price) from order_lines where order_id = $1'");
    }

    @AfterEach
    void close() {
        Shop.assertAtRest(source);
        source.close();
    }

    @Test
    void orderIsCommittedAndTheFunctionSumsIt() throws SQLException {
        long order = PlainJdbc.order(source, "ada", 30, 12);

        assertThat(PlainJdbc.total(source, order)).isEqualTo(42);
    }

    @Test
    void failedOrderLeavesNothing() throws SQLException {
        assertThatThrownBy(() -> PlainJdbc.order(source, "ada", 30, -1)).isInstanceOf(SQLException.class);

        assertThat(Shop.ask(source, "select count(*) from orders")).isEqualTo("0");
    }
}
