package dev.cenote.dashboard;

import dev.cenote.circuit.*;
import dev.cenote.testkit.fakes.*;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookTest {
    @Test
    void look() throws Exception {
        var database = new FakeDatabase();
        try (var pool = FakePool.builder(database)
                        .name("orders")
                        .maxSize(10)
                        .minSize(2)
                        .acquireTimeout(Duration.ofSeconds(2))
                        .build();
                var dashboard = Dashboard.builder().pool(pool).start();
                var browser = Browser.open()) {
            browser.size(1400, 900);
            browser.go(dashboard.uri());
            for (int i = 0; i < 60; i++) {
                for (int k = 0; k < 50; k++)
                    try (var l = pool.acquire()) {
                        l.execute(FakeOperations.whoAmI());
                    }
                Thread.sleep(100);
            }
            browser.picture("look");
            browser.assertQuietConsole();
        }
    }
}
