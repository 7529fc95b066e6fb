package dev.cenote.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.LettuceVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The build runs these tests twice, on the Lettuce it compiles against and on the oldest that is supported. */
@EnabledIfSystemProperty(named = "cenote.lettuce.version", matches = ".+", disabledReason = "not run by the build")
@Tag("oldest-lettuce")
class LettuceVersionTest {
    @Test
    void theTestsRunOnTheLettuceThatTheBuildMeans() {
        assertThat(LettuceVersion.getVersion()).startsWith(System.getProperty("cenote.lettuce.version"));
    }
}
