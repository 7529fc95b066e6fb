package dev.cenote.examples.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class WithVirtualThreadsTest {
    @Test
    void thousandTasksShareTenConnections() throws Exception {
        Optional<ExecutorService> virtual = WithVirtualThreads.virtualThreads();
        Assumptions.assumeTrue(virtual.isPresent(), "virtual threads need a JDK of 21 or later");
        ExecutorService tasks = virtual.orElseThrow();
        try (CenoteDataSource source =
                Shop.pool(10).acquireTimeout(Duration.ofSeconds(60)).build()) {
            assertThat(WithVirtualThreads.squares(source, tasks, 1000))
                    .hasSize(1000)
                    .containsOnly(144);

            assertThat(source.pool().stats().acquired()).isEqualTo(1000);
            assertThat(source.pool().stats().created()).isLessThanOrEqualTo(10);
            Shop.assertAtRest(source);
        } finally {
            tasks.shutdown();
        }
    }

    /** What the tasks do is so on each JDK; only where they wait differs. */
    @Test
    void platformThreadsDoTheSame() throws Exception {
        ExecutorService tasks = Executors.newFixedThreadPool(20);
        try (CenoteDataSource source = Shop.pool(10).build()) {
            assertThat(WithVirtualThreads.squares(source, tasks, 100))
                    .hasSize(100)
                    .containsOnly(144);
            Shop.assertAtRest(source);
        } finally {
            tasks.shutdown();
        }
    }
}
