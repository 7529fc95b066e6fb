package dev.cenote.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.examples.PostgresExample.Account;
import dev.cenote.postgres.PostgresPool;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresExampleTest {
    private final PostgresPool pool = PostgresPool.builder()
            .uri(TestServers.shared(Product.POSTGRES).uri())
            .maxSize(2)
            .build();

    @BeforeEach
    void fill() {
        assertThat(PostgresExample.fill(pool)).isEqualTo(2);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void committedTransferIsSeen() {
        PostgresExample.transfer(pool, "alice", "bob", 30);

        assertThat(PostgresExample.accounts(pool, 0)).containsExactly(new Account("alice", 70), new Account("bob", 50));
    }

    @Test
    void failedTransferIsRolledBackWhole() {
        assertThatThrownBy(() -> PostgresExample.transfer(pool, "bob", "alice", 30))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("accounts_balance_check");

        assertThat(PostgresExample.accounts(pool, 0))
                .containsExactly(new Account("alice", 100), new Account("bob", 20));
        assertThat(pool.stats().leased()).isZero();
    }

    @Test
    void queryTakesParameters() {
        assertThat(PostgresExample.accounts(pool, 50)).containsExactly(new Account("alice", 100));
    }
}
