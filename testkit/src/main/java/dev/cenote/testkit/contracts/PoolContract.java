package dev.cenote.testkit.contracts;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.PoolBuilder;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * What every pool promises, whatever database is behind it. Subclasses say how to build a pool to a database that is well
 * and stays so. Here stands what the pool does by itself; acquire, leases, states and reports are in the classes above it.
 *
 * @param <C> the connection
 * @param <B> the builder of the pool
 */
public abstract class PoolContract<C extends Connection, B extends PoolBuilder<B, ? extends Pool<C>>>
        extends ReportContract<C, B> {

    @Test
    void minSizeIsFilledInTheBackground() {
        try (Pool<C> pool = builder().minSize(2).maxSize(3).build()) {
            until(pool, "it is filled", stats -> stats.idle() == 2);
            assertAtRest(pool);
        }
    }

    @Test
    void unusedConnectionsAreClosedDownToMinSize() {
        try (Pool<C> pool = builder()
                .minSize(1)
                .maxSize(3)
                .idleTimeout(Duration.ofMillis(20))
                .keeperInterval(Duration.ofMillis(10))
                .build()) {
            List<Lease<C>> all = List.of(pool.acquire(), pool.acquire(), pool.acquire());
            all.forEach(Lease::close);
            until(pool, "it shrinks", stats -> stats.size() == 1 && stats.closed(CloseReason.IDLE) == 2);
            assertAtRest(pool);
        }
    }

    @Test
    void connectionsAreReplacedAtTheEndOfTheirLifeBusyOrIdle() {
        try (Pool<C> pool = builder()
                .minSize(1)
                .maxSize(2)
                .maxLifetime(Duration.ofMillis(100))
                .keeperInterval(Duration.ofMillis(10))
                .build()) {
            until(pool, "idle ones expire", stats -> stats.closed(CloseReason.EXPIRED) >= 2);
            Lease<C> busy = pool.acquire();
            long id = busy.connectionId();
            until(pool, "its time is over", stats -> busy.age().compareTo(Duration.ofMillis(150)) > 0);
            busy.execute(ping());
            busy.close();
            try (Lease<C> next = pool.acquire()) {
                assertThat(next.connectionId()).isGreaterThan(id);
            }
            assertAtRest(pool);
        }
    }

    @Test
    void leaksAreReportedOnce() {
        List<PoolEvent> leaks = Collections.synchronizedList(new ArrayList<>());
        try (Pool<C> pool = builder()
                .leakThreshold(Duration.ofMillis(30))
                .keeperInterval(Duration.ofMillis(10))
                .listener(event -> {
                    if (event instanceof PoolEvent.LeakDetected) {
                        leaks.add(event);
                    }
                })
                .build()) {
            Lease<C> forgotten = pool.acquire();
            until(pool, "it is reported", stats -> stats.leaks() == 1);
            forgotten.close();
            until(pool, "the listener is told", stats -> !leaks.isEmpty());
            assertThat(leaks)
                    .singleElement()
                    .satisfies(event -> assertThat(
                                    ((PoolEvent.LeakDetected) event).holder().thread())
                            .isEqualTo(Thread.currentThread().getName()));
            assertAtRest(pool);
        }
    }

    @Test
    void eventsTellTheStoryOfAConnectionInOrder() {
        List<String> story = Collections.synchronizedList(new ArrayList<>());
        try (Pool<C> pool = builder()
                .maxSize(1)
                .listener(event -> story.add(event.getClass().getSimpleName()))
                .build()) {
            pool.execute(ping());
            pool.close();
            until(pool, "the last event is heard", stats -> story.contains("PoolClosed"));
        }
        assertThat(story)
                .containsSubsequence("PoolCreated", "PoolReady", "AcquireStarted", "AcquireSucceeded", "Released")
                .containsSubsequence(
                        "ConnectionCreated", "ConnectionReady", "AcquireSucceeded", "ConnectionClosed", "PoolClosed");
    }

    @Test
    void aListenerThatBlocksHarmsNobody() {
        var mayEnd = new CountDownLatch(1);
        try (Pool<C> pool = builder().listener(event -> awaitQuietly(mayEnd)).build()) {
            pool.execute(ping());
            pool.clear();
            pool.execute(ping());
            assertAtRest(pool);
        } finally {
            mayEnd.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        try (Pool<C> pool = builder()
                .listener(event -> {
                    throw new IllegalStateException("listener");
                })
                .build()) {
            pool.execute(ping());
            assertAtRest(pool);
        }
    }
}
