package dev.cenote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.ConfigurationException;
import org.junit.jupiter.api.Test;

/** No backend is on the class path here; that each is found by its scheme is tested where all of them are. */
class PoolsTest {
    @Test
    void unknownSchemeIsNamedTogetherWithTheKnownOnes() {
        assertThatThrownBy(() -> Pools.open("cassandra://localhost"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("scheme must be one of [], was cassandra; no backend is on the class path");
    }

    @Test
    void malformedUriIsRefusedBeforeABackendIsLookedFor() {
        assertThatThrownBy(() -> Pools.open("localhost:6379"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("uri must start with scheme://, was localhost:6379");
    }
}
