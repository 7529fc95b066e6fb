package dev.cenote.dashboard;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakeOperations;
import dev.cenote.testkit.fakes.FakePool;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The page under more than 1,000 events a second: for {@code cenote.dashboard.seconds}, twenty in every build, ten minutes
 * with {@code -Psoak}. What it measures is printed; what it asserts holds on a busy machine too.
 */
class DashboardSoakTest {
    private static final long SECONDS = Long.getLong("cenote.dashboard.seconds", 20);
    /** Three events each: it begins, it succeeds, it is released. */
    private static final int ACQUIRES_PER_TICK = 4;

    private static final Duration TICK = Duration.ofMillis(10);
    /** Far above what garbage and a collector's mood make of it, far below a leak of 1,000 events a second. */
    private static final double MOST_GROWTH_MB = 12;

    private final AtomicLong acquires = new AtomicLong();

    private static double serverMegabytes() {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
        }
        return least;
    }

    private static double browserMegabytes(Browser browser) {
        browser.cdp("HeapProfiler.collectGarbage");
        return ((Number) browser.cdp("Runtime.getHeapUsage").get("usedSize")).doubleValue() / 1e6;
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void memoryStaysFlatAndThePageAnswers() throws Exception {
        ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
        try (var pool = FakePool.builder(new FakeDatabase())
                        .name("orders")
                        .maxSize(10)
                        .build();
                var dashboard =
                        Dashboard.builder().pool(pool).acquireEvents(true).start();
                var browser = Browser.open()) {
            browser.size(1400, 2000);
            browser.go(dashboard.uri());
            browser.until("it is live", () -> browser.text("#live-text").equals("live"));
            watchPage(browser);
            long begun = System.nanoTime();
            ScheduledFuture<?> uses =
                    load.scheduleAtFixedRate(() -> use(pool), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
            // What is kept for a while (ten minutes of samples, a thousand lines) fills up first.
            until(browser, begun, SECONDS / 2);
            double serverMiddle = serverMegabytes();
            double browserMiddle = browserMegabytes(browser);
            until(browser, begun, SECONDS);
            double serverEnd = serverMegabytes();
            double browserEnd = browserMegabytes(browser);
            assertThat(uses.isDone()).as("the load has ended").isFalse();
            load.shutdown();
            assertThat(load.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "dashboard soak: %.0f s, %.0f events/s; server heap %.1f MB half-way, %.1f MB at the end; browser heap"
                            + " %.1f MB half-way, %.1f MB at the end; %s; %s%n",
                    seconds,
                    acquires.get() * 3 / seconds,
                    serverMiddle,
                    serverEnd,
                    browserMiddle,
                    browserEnd,
                    browser.script("return window.soak.report()"),
                    browser.text("#log-count"));
            browser.picture("soak");
            assertThat(acquires.get() * 3 / seconds).isGreaterThan(100);
            assertThat(serverEnd - serverMiddle)
                    .as("growth of the server's heap")
                    .isLessThan(MOST_GROWTH_MB);
            assertThat(browserEnd - browserMiddle)
                    .as("growth of the browser's heap")
                    .isLessThan(MOST_GROWTH_MB);
            assertThat(browser.all("#log-rows li"))
                    .hasSizeLessThanOrEqualTo(200)
                    .isNotEmpty();
            browser.click("#clear");
            browser.click("#change-ok");
            browser.until("it still does what it is told", () -> pool.stats().generation() == 1);
            browser.assertQuietConsole();
            browser.until("all is released", () -> pool.stats().leased() == 0);
            assertAtRest(pool);
        } finally {
            load.shutdownNow();
        }
    }

    private void use(FakePool pool) {
        for (int i = 0; i < ACQUIRES_PER_TICK; i++) {
            pool.execute(FakeOperations.whoAmI());
            acquires.incrementAndGet();
        }
    }

    /** Waits until so much has passed, as the page sees it: one that has stopped fails here. */
    private static void until(Browser browser, long begunNanos, long seconds) {
        while (System.nanoTime() - begunNanos < seconds * 1_000_000_000L) {
            Object frames = browser.script("return window.soak.frames");
            browser.until(
                    "it goes on",
                    () -> !browser.script("return window.soak.frames").equals(frames));
            browser.until("it is live", () -> browser.text("#live-text").equals("live"));
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000L); // the browser's clock runs by itself
        }
    }

    /** Has the page note how late its own timers come: what a user feels. */
    private static void watchPage(Browser browser) {
        browser.script("""
                window.soak = { frames: 0, late: new Map(), longest: 0, longTasks: 0,
                  report() {
                    const all = [...this.late].sort((a, b) => a[0] - b[0]);
                    const total = all.reduce((sum, [, n]) => sum + n, 0);
                    let seen = 0;
                    const at = share => { seen = 0; for (const [ms, n] of all) { seen += n; if (seen >= total * share) return ms; } };
                    return `timers late by ${at(0.5)} ms (p50), ${at(0.99)} ms (p99), ${Math.round(this.longest)} ms (max); ${this.longTasks} tasks of over 50 ms`;
                  } };
                let last = performance.now();
                setInterval(() => {
                  const now = performance.now();
                  const late = Math.max(0, now - last - 50);
                  last = now;
                  window.soak.frames++;
                  window.soak.longest = Math.max(window.soak.longest, late);
                  const key = Math.round(late);
                  window.soak.late.set(key, (window.soak.late.get(key) ?? 0) + 1);
                }, 50);
                new PerformanceObserver(list => { window.soak.longTasks += list.getEntries().length; }).observe({ type: 'longtask' });
                """);
    }
}
