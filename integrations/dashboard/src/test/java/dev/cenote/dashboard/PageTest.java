package dev.cenote.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.PoolRegistry;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.pool.AcquireSites;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.errors.CenoteException;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakeOperations;
import dev.cenote.testkit.fakes.FakePool;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a browser: what it shows, and what its controls do. */
class PageTest {
    private final FakeDatabase database = new FakeDatabase();
    private final PoolRegistry registry = new PoolRegistry();
    private final FakePool orders = registry.register(FakePool.builder(database)
            .name("orders")
            .minSize(2)
            .maxSize(8)
            .acquireTimeout(Duration.ofMillis(300))
            .acquireSites(AcquireSites.ALL)
            .retry(RetryPolicy.exponential().maxRetries(1).build())
            .circuitBreaker(
                    CircuitBreaker.builder().name("orders").failureThreshold(4).build())
            .build());
    private final FakePool users = registry.register(
            FakePool.builder(new FakeDatabase()).name("users").maxSize(120).build());
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private Dashboard dashboard = Dashboard.builder().pools(registry).start();
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        browser = Browser.open();
        browser.size(1400, 1000);
    }

    @AfterEach
    void close() throws Exception {
        stop.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        if (browser != null) {
            browser.close();
        }
        dashboard.close();
        registry.close();
    }

    private void visit() {
        browser.go(dashboard.uri());
        browser.until("it is live", () -> browser.text("#live-text").equals("live") && browser.isShown("#pool-name"));
    }

    /** Uses, failures, retries and waits in vain, until the test ends. */
    private void load() {
        var number = new AtomicLong();
        for (int i = 0; i < 3; i++) {
            var thread = new Thread(
                    () -> {
                        try {
                            while (!stop.await(5, TimeUnit.MILLISECONDS)) {
                                use(number.incrementAndGet());
                            }
                        } catch (InterruptedException ending) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "load-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void use(long number) {
        try {
            if (number % 40 == 0) {
                orders.execute(
                        FakeOperations.operation("readBadly", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                            throw new IOException("connection reset by a test");
                        }));
            } else if (number % 30 == 0) {
                orders.execute(FakeOperations.operation("ask", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
                    throw new IllegalArgumentException("no such order");
                }));
            } else {
                orders.execute(FakeOperations.whoAmI());
            }
        } catch (CenoteException failed) {
            // shown on the page
        }
    }

    private List<Lease<FakeConnection>> leaseAll() {
        var leases = new ArrayList<Lease<FakeConnection>>();
        for (int i = 0; i < orders.stats().maxSize(); i++) {
            leases.add(orders.acquire(Duration.ofSeconds(20)));
        }
        return leases;
    }

    /**
     * How many pixels of a chart's plot are drawn in colours that are none of text and grid. By a copy, since a browser
     * complains of a canvas that is read often, and the console must stay empty.
     */
    private long colouredPixels(String chart) {
        return (long) browser.script("""
                const canvas = document.querySelector('#chart-' + arguments[0] + ' canvas');
                const copy = document.createElement('canvas');
                copy.width = canvas.width;
                copy.height = canvas.height;
                const drawn = copy.getContext('2d', {willReadFrequently: true});
                drawn.drawImage(canvas, 0, 0);
                const data = drawn.getImageData(0, 0, copy.width, copy.height).data;
                let coloured = 0;
                for (let i = 0; i < data.length; i += 4) {
                  // Without an array for each pixel: a test that keeps the page busy keeps it from drawing.
                  const r = data[i], g = data[i + 1], b = data[i + 2];
                  if (data[i + 3] > 40 && Math.max(r, g, b) - Math.min(r, g, b) > 60) coloured++;
                }
                return coloured;
                """, chart);
    }

    private long points(String chart) {
        return Long.parseLong((String)
                browser.script("return document.querySelector('#chart-' + arguments[0]).dataset.points ?? '0'", chart));
    }

    private void assertDrawn(String chart) {
        browser.until(chart + " has data", () -> points(chart) > 4);
        browser.until(chart + " is drawn", () -> colouredPixels(chart) > 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyChartShowsData(String scheme) throws IOException {
        browser.prefer(scheme);
        load();
        visit();
        // What moves while all is well, as long as it is; then what moves when nothing is to be had.
        Stream.of("connections", "circuit", "wait", "use", "rates", "churn", "errors")
                .forEach(this::assertDrawn);
        List<Lease<FakeConnection>> leases = leaseAll();
        Stream.of("waiters", "refusals").forEach(this::assertDrawn);
        browser.until("the waits are seen", () -> browser.isShown("#tabs .tab-waiters"));
        assertThat(browser.all("#charts canvas")).hasSize(9);
        assertThat(browser.text("#chart-errors .legend"))
                .contains("evict / unknown")
                .contains("keep / permanent");
        assertThat(browser.text("#chart-connections .legend")).contains("leased");
        assertThat(browser.text("#holders tr summary")).contains("PageTest");
        String background = (String) browser.script("return getComputedStyle(document.body).backgroundColor");
        assertThat(background).isEqualTo(scheme.equals("dark") ? "rgb(14, 19, 24)" : "rgb(244, 246, 248)");
        browser.picture("page-" + scheme);
        leases.forEach(Lease::close);
        browser.assertQuietConsole();
    }

    @Test
    void theTokenLeavesTheAddressAndStaysInTheTab() {
        visit();
        assertThat(browser.script("return location.href"))
                .isEqualTo(dashboard.address().toString());
        assertThat(browser.script("return document.documentElement.outerHTML").toString())
                .doesNotContain(RawHttp.token(dashboard));
        browser.go(dashboard.address());
        browser.until("it is live again", () -> browser.text("#live-text").equals("live"));
        browser.assertQuietConsole();
    }

    @Test
    void withoutTheTokenItAsksForIt() {
        browser.go(dashboard.address());
        browser.until("it asks", () -> browser.isShown("#token-dialog"));
        browser.press(Keys.ESCAPE);
        browser.until("it is closed", () -> !browser.isShown("#token-dialog"));
        assertThat(browser.isShown("#main")).isFalse();
        browser.click("#unlock");
        browser.until("it asks again", () -> browser.isShown("#token-dialog"));
        browser.find("#token-input").sendKeys("not-the-right-token", Keys.ENTER);
        browser.until("it is refused", () -> browser.text("#token-error").equals("The token is not the right one."));
        browser.find("#token-input").sendKeys(RawHttp.token(dashboard), Keys.ENTER);
        browser.until("it is live", () -> browser.text("#live-text").equals("live") && browser.isShown("#pool-name"));
        browser.forgetConsole(); // a browser writes each 401 there
    }

    @Test
    void pauseAsksAndReadyDoesNot() throws IOException {
        visit();
        browser.click("#pause");
        browser.until("it asks", () -> browser.isShown("#change-dialog"));
        assertThat(browser.text("#change-title")).isEqualTo("Pause orders?");
        browser.picture("dialog-pause");
        browser.find("#change-dialog [data-cancel]").click();
        browser.until("it is closed", () -> !browser.isShown("#change-dialog"));
        assertThat(orders.stats().state()).isEqualTo(PoolState.READY);
        browser.click("#pause");
        browser.click("#change-ok");
        browser.until("it says so", () -> browser.text("#toast").equals("orders is paused."));
        assertThat(orders.stats().state()).isEqualTo(PoolState.PAUSED);
        browser.until("it shows it", () -> browser.text("#state").equals("paused"));
        assertThat(browser.find("#pause").isEnabled()).isFalse();
        browser.click("#ready");
        browser.until("it says so", () -> browser.text("#toast").equals("orders serves again."));
        assertThat(orders.stats().state()).isEqualTo(PoolState.READY);
        browser.assertQuietConsole();
    }

    @Test
    void clearRaisesTheGenerationAndMayAbort() {
        visit();
        Lease<FakeConnection> lease = orders.acquire();
        browser.click("#clear");
        browser.click("#change-ok");
        browser.until("it says so", () -> browser.text("#toast").equals("orders was cleared."));
        assertThat(orders.stats().generation()).isEqualTo(1);
        browser.until(
                "the slot is marked",
                () -> browser.all("#slots [data-mark='closes']").size() == 1);
        assertThat(browser.find("#slots [data-mark='closes']").getAttribute("aria-label"))
                .contains("closed on return: stale");
        browser.click("#clear");
        browser.click("#in-use [value='ABORTED']");
        browser.click("#change-ok");
        browser.until("it is cleared again", () -> orders.stats().generation() == 2);
        browser.until(
                "the connection is aborted",
                () -> lease.unwrap(FakeConnection.class).isEnded());
        lease.close();
        browser.assertQuietConsole();
    }

    @Test
    void resizeTellsWhatIsWrongAndThenDoesIt() {
        visit();
        browser.click("#resize");
        browser.until("it asks", () -> browser.isShown("#max-size"));
        assertThat(browser.find("#max-size").getAttribute("value")).isEqualTo("8");
        set("#max-size", "1");
        browser.click("#change-ok");
        browser.until("it is refused", () -> browser.text("#change-error").contains("must be"));
        assertThat(orders.stats().maxSize()).isEqualTo(8);
        set("#min-size", "1");
        set("#max-size", "12");
        browser.click("#change-ok");
        browser.until("it says so", () -> browser.text("#toast").equals("orders was resized."));
        assertThat(orders.stats().maxSize()).isEqualTo(12);
        assertThat(orders.stats().minSize()).isEqualTo(1);
        browser.until("it has as many slots", () -> browser.all("#slots li").size() == 12);
        browser.forgetConsole(); // a browser writes each 400 there
    }

    private void set(String css, String value) {
        WebElement input = browser.find(css);
        input.clear();
        input.sendKeys(value);
    }

    @Test
    void aControlWorksByKeyboardAlone() {
        visit();
        browser.script("document.activeElement.blur(); window.scrollTo(0, 0)");
        tabTo("pause");
        assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.press(Keys.ENTER);
        browser.until("it asks", () -> browser.isShown("#change-dialog"));
        browser.press(Keys.ESCAPE);
        browser.until("Esc closes", () -> !browser.isShown("#change-dialog"));
        assertThat(browser.focused().getAttribute("id")).as("the focus is back").isEqualTo("pause");
        assertThat(orders.stats().state()).isEqualTo(PoolState.READY);
        browser.press(Keys.SPACE);
        browser.until("it asks", () -> browser.isShown("#change-dialog"));
        assertThat(browser.focused().getAttribute("id")).isEqualTo("change-ok");
        browser.press(Keys.ENTER);
        browser.until("it is paused", () -> orders.stats().state() == PoolState.PAUSED);
        browser.until(
                "the focus goes to what can be done next",
                () -> "ready".equals(browser.focused().getAttribute("id")));
        browser.press(Keys.ENTER);
        browser.until("it is ready", () -> orders.stats().state() == PoolState.READY);
        browser.assertQuietConsole();
    }

    private void tabTo(String id) {
        for (int i = 0; i < 30; i++) {
            if (id.equals(browser.focused().getAttribute("id"))) {
                return;
            }
            browser.press(Keys.TAB);
        }
        throw new AssertionError(id + " is not reached by Tab");
    }

    @Test
    void poolsAreTabsThatArrowsMoveThrough() throws IOException {
        visit();
        assertThat(browser.text("[role=tab][aria-selected=true]")).contains("orders");
        browser.find("[role=tab][aria-selected=true]").sendKeys(Keys.ARROW_RIGHT);
        browser.until("the other is shown", () -> browser.text("#pool-name").equals("users"));
        assertThat(browser.focused().getText()).contains("users");
        browser.until("its slots are shown", () -> browser.all("#slots li").size() == 120);
        users.acquire().close();
        browser.until(
                "one is at rest",
                () -> browser.all("#slots [data-slot=IDLE], #slots [data-slot=UNPROVEN]")
                                .size()
                        == 1);
        browser.picture("page-dense");
        browser.press(Keys.HOME);
        browser.until("the first is shown", () -> browser.text("#pool-name").equals("orders"));
        browser.assertQuietConsole();
    }

    @Test
    void theLogIsFilteredPausedAndEmptied() {
        visit();
        orders.clear();
        browser.until("it is told", () -> browser.text("#log-rows").contains("pool cleared, generation 1"));
        set("#log-filter", "no such thing");
        browser.until("nothing fits", () -> browser.all("#log-rows li").isEmpty());
        set("#log-filter", "poolcleared");
        browser.until("one fits", () -> browser.all("#log-rows li").size() == 1);
        browser.click("#log-pause");
        orders.clear();
        browser.until("newer ones are counted", () -> browser.text("#log-count").contains("newer"));
        assertThat(browser.text("#log-rows")).doesNotContain("generation 2");
        browser.click("#log-pause");
        browser.until("they are shown", () -> browser.text("#log-rows").contains("generation 2"));
        browser.click("#log-clear");
        browser.until("it is empty", () -> browser.all("#log-rows li").isEmpty());
        browser.assertQuietConsole();
    }

    @Test
    void theThemeIsChosenAndKept() {
        browser.prefer("light");
        visit();
        browser.click("#theme");
        browser.click("#theme");
        assertThat(browser.text("#theme")).isEqualTo("Theme: dark");
        assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(14, 19, 24)");
        visit();
        assertThat(browser.text("#theme")).isEqualTo("Theme: dark");
        browser.assertQuietConsole();
    }

    @Test
    void aPhoneShowsItAllWithoutScrollingSideways() throws IOException {
        browser.size(360, 740);
        load();
        visit();
        List<Lease<FakeConnection>> leases = leaseAll();
        browser.until("it is sampled", () -> points("rates") > 3);
        browser.until("holders are shown", () -> browser.all("#holders tr").size() == 8);
        assertThat((long) browser.script("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(360);
        browser.picture("page-phone");
        leases.forEach(Lease::close);
        browser.assertQuietConsole();
    }

    @Test
    void aReadOnlyPageHasNoControls() {
        dashboard.close();
        dashboard = Dashboard.builder().pools(registry).readOnly(true).start();
        visit();
        browser.until("it says so", () -> browser.isShown("#read-only"));
        assertThat(browser.isShown("#pause")).isFalse();
        browser.assertQuietConsole();
    }

    @Test
    void aDashboardThatComesBackIsFollowedAgain() {
        visit();
        URI address = dashboard.address();
        String token = RawHttp.token(dashboard);
        dashboard.close();
        browser.until("it is lost", () -> browser.text("#live-text").startsWith("connection lost"));
        dashboard = Dashboard.builder()
                .pools(registry)
                .port(address.getPort())
                .token(token)
                .start();
        browser.until("it is live again", () -> browser.text("#live-text").equals("live"));
        browser.forgetConsole(); // a browser writes each refused connection there
    }

    @Test
    void itAsksNoOtherServerForAnything() {
        visit();
        browser.until("charts are there", () -> points("rates") > 1);
        Object foreign = browser.script(
                "return performance.getEntriesByType('resource').map(it => it.name).filter(it => !it.startsWith(location.origin)).join()");
        assertThat(foreign).isEqualTo("");
        browser.assertQuietConsole();
    }
}
