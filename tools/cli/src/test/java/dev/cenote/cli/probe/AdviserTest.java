package dev.cenote.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.cli.probe.ServerInfo.Idle;
import dev.cenote.cli.probe.ServerInfo.Limits;
import dev.cenote.cli.probe.ServerInfo.Role;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.PoolUri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AdviserTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Role PRIMARY = new Role("primary", true);

    private String uri = "postgres://db.example/shop?sslmode=verify-full";
    private String tls = "TLSv1.3, X";
    private Role role = PRIMARY;
    private Limits limits = Limits.UNKNOWN;
    private Idle idle = Idle.UNKNOWN;
    private Optional<Duration> clock = Optional.empty();
    private Optional<TlsLook.Seen> seen = Optional.empty();
    private Optional<Duration> connect = Optional.empty();
    private Duration roundTrip = Duration.ofMillis(1);
    private PoolOptions options = PoolOptions.builder().name("probed").build();

    private List<String> advice() {
        var server = new ServerInfo("PostgreSQL", "18", tls, Optional.of(role), limits, idle, clock);
        var findings = new Findings(
                PoolUri.parse(uri), server, seen, Optional.empty(), connect, roundTrip, roundTrip, options);
        return Adviser.on(findings, NOW).stream()
                .map(each -> each.level() + " " + each.subject() + ": " + each.text())
                .toList();
    }

    private static Certificate certificate(Instant until, boolean trusted, String... names) {
        return new Certificate("CN=db", "CN=authority", List.of(names), NOW.minusSeconds(1_000), until, trusted);
    }

    private static Limits limits(long most, long reserved, long inUse) {
        return new Limits(OptionalLong.of(most), OptionalLong.of(reserved), OptionalLong.of(inUse));
    }

    @Test
    void whereNothingIsWrongNothingIsSaid() {
        assertThat(advice()).isEmpty();
    }

    @Test
    void plainTextOverTheNetworkIsWarnedOf() {
        tls = "none";
        assertThat(advice()).singleElement().asString().startsWith("WARNING tls: Nothing is encrypted on the way to");
        uri = "postgres://localhost/shop";
        assertThat(advice()).as("not on this machine").isEmpty();
        uri = "redis://db.example";
        assertThat(advice()).singleElement().asString().contains("Use the scheme rediss");
    }

    @Test
    void encryptionThatDoesNotCheckTheServerIsWarnedOf() {
        uri = "postgres://db.example/shop?sslmode=require";
        assertThat(advice())
                .singleElement()
                .asString()
                .startsWith("WARNING tls: ")
                .endsWith("use sslmode=verify-full.");
        uri = "rediss://db.example?verifyPeer=none";
        assertThat(advice()).singleElement().asString().endsWith("use verifyPeer=full.");
        uri = "rediss://db.example";
        assertThat(advice()).isEmpty();
    }

    @Test
    void aCertificateIsJudgedByDateNameAndAuthority() {
        seen = Optional.of(
                new TlsLook.Seen("TLSv1.3", "X", certificate(NOW.plusSeconds(90 * 86_400), true, "db.example")));
        assertThat(advice()).isEmpty();
        seen = Optional.of(new TlsLook.Seen("TLSv1.3", "X", certificate(NOW.minusSeconds(1), true, "db.example")));
        assertThat(advice()).singleElement().asString().contains("It has expired on 2026-02-28");
        seen = Optional.of(
                new TlsLook.Seen("TLSv1.3", "X", certificate(NOW.plusSeconds(10 * 86_400), true, "*.example")));
        assertThat(advice()).singleElement().asString().contains("It expires in 10 days");
        seen = Optional.of(
                new TlsLook.Seen("TLSv1.1", "X", certificate(NOW.plusSeconds(90 * 86_400), false, "other.example")));
        assertThat(advice())
                .hasSize(3)
                .anyMatch(each -> each.contains("It is not for db.example but for other.example"))
                .anyMatch(each -> each.contains("TLSv1.1 is out of date"))
                .last()
                .asString()
                .startsWith("note certificate: Java's own authorities");
    }

    @Test
    void aServerThatOnlyReadsIsWarnedOf() {
        role = new Role("replica", false);
        assertThat(advice()).singleElement().asString().startsWith("WARNING role: The server only reads (replica)");
    }

    @Test
    void maxSizeIsComparedWithWhatTheServerTakes() {
        options = PoolOptions.builder().name("probed").maxSize(20).build();
        limits = limits(100, 3, 11);
        assertThat(advice())
                .containsExactly("note maxSize: At most 4 pools with pool.maxSize=20 fit beside what is in use: the"
                        + " server takes 97 besides those reserved, and others have 10.");
        limits = limits(100, 3, 91);
        assertThat(advice())
                .singleElement()
                .asString()
                .contains("WARNING maxSize: pool.maxSize=20 is more than is free");
        limits = limits(20, 3, 1);
        assertThat(advice()).singleElement().asString().contains("is more than there can be: the server takes 17");
    }

    @Test
    void anIdleTimeoutIsComparedWithTheKeepalive() {
        idle = new Idle("wait_timeout", Optional.of(Duration.ofHours(8)), Optional.empty());
        assertThat(advice()).singleElement().asString().startsWith("note idle").contains("8 h (wait_timeout)");
        idle = new Idle("wait_timeout", Optional.of(Duration.ofSeconds(60)), Optional.empty());
        assertThat(advice())
                .singleElement()
                .asString()
                .startsWith("WARNING idle")
                .endsWith("set pool.keepaliveInterval to less, such as 30s.");
        idle = new Idle("timeout", Optional.of(Duration.ZERO), Optional.of(Duration.ZERO));
        assertThat(advice()).singleElement().asString().startsWith("note tcp-keepalive");
    }

    @Test
    void theAcquireTimeoutIsComparedWithWhatAConnectTakes() {
        connect = Optional.of(Duration.ofMillis(20));
        assertThat(advice()).singleElement().asString().contains("note acquireTimeout", "pool.acquireTimeout=500ms");
        connect = Optional.of(Duration.ofSeconds(3));
        assertThat(advice())
                .singleElement()
                .asString()
                .startsWith("WARNING acquireTimeout")
                .contains("hardly enough");
        connect = Optional.of(Duration.ofMillis(450));
        assertThat(advice()).singleElement().asString().endsWith("for which pool.acquireTimeout=5s leaves time.");
    }

    @Test
    void aFarServerAndAWrongClockAreNoted() {
        roundTrip = Duration.ofMillis(40);
        clock = Optional.of(Duration.ofSeconds(-90));
        assertThat(advice())
                .hasSize(2)
                .anyMatch(each -> each.startsWith("note latency: Each round trip costs 40 ms"))
                .anyMatch(each -> each.startsWith("note clock: The server's clock is 90 s behind the one here"));
    }

    @Test
    void timesAreWordsOrParameters() {
        assertThat(Words.time(Duration.ofNanos(85_000))).isEqualTo("85 us");
        assertThat(Words.time(Duration.ofNanos(1_240_000))).isEqualTo("1.2 ms");
        assertThat(Words.time(Duration.ofMillis(500))).isEqualTo("500 ms");
        assertThat(Words.time(Duration.ofMinutes(30))).isEqualTo("30 min");
        assertThat(Words.parameter(Duration.ofMillis(1_500))).isEqualTo("1500ms");
        assertThat(Words.parameter(Duration.ofHours(4))).isEqualTo("4h");
    }
}
