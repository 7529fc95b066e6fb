package dev.cenote.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Which pools are watched. */
class WatchesTest {
    @Test
    void aTickUnderWayAtTheCloseWatchesNoPool() {
        try (var pool = FakePool.builder(new FakeDatabase()).name("orders").build()) {
            var self = new AtomicReference<Watches>();
            var watches = new Watches(
                    () -> {
                        self.get().close();
                        return Map.of("orders", pool);
                    },
                    false,
                    new Streams());
            self.set(watches);
            watches.tick();
            assertThat(watches.find("orders")).isEmpty();
        }
    }
}
