package dev.cenote.mongo;

import static com.mongodb.client.model.Filters.eq;
import static dev.cenote.mongo.MongoOperations.find;
import static dev.cenote.mongo.MongoOperations.findOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.connection.ConnectionPoolSettings;
import com.mongodb.event.ClusterClosedEvent;
import com.mongodb.event.ClusterListener;
import com.mongodb.event.ConnectionPoolCreatedEvent;
import com.mongodb.event.ConnectionPoolListener;
import dev.cenote.Pools;
import dev.cenote.pool.PoolOptions;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolUri;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static TestServer server;

    private final AtomicInteger clients = new AtomicInteger();
    private final LinkedBlockingQueue<ClusterClosedEvent> closed = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<ConnectionPoolSettings> drivers = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() {
        server = TestServers.shared(Product.MONGODB);
    }

    private MongoPoolBuilder watched() {
        return MongoPool.builder().uri(server.uri()).settings(this::watch);
    }

    private void watch(MongoClientSettings.Builder settings) {
        clients.incrementAndGet();
        settings.applyToClusterSettings(cluster -> cluster.addClusterListener(new ClusterListener() {
                    @Override
                    public void clusterClosed(ClusterClosedEvent event) {
                        closed.add(event);
                    }
                }))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(77)
                        .addConnectionPoolListener(new ConnectionPoolListener() {
                            @Override
                            public void connectionPoolCreated(ConnectionPoolCreatedEvent event) {
                                drivers.add(event.getSettings());
                            }
                        }));
    }

    private boolean isClientClosed() throws InterruptedException {
        return closed.poll(10, TimeUnit.SECONDS) != null;
    }

    @Test
    void poolHasNoClientUntilAConnectionIsOpened() {
        try (var pool = watched().build()) {
            assertThat(clients).hasValue(0);
            pool.execute(find("users"));
            assertThat(clients).hasValue(1);
        }
    }

    @Test
    void connectionsShareOneClient() {
        try (var pool = watched().maxSize(4).build()) {
            List<Lease<MongoConnection>> leases = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                leases.add(pool.acquire());
            }
            leases.forEach(Lease::close);
            assertThat(clients).hasValue(1);
        }
    }

    @Test
    void driverGetsThePoolsLimits() throws InterruptedException {
        try (var pool = watched()
                .minSize(1)
                .maxSize(3)
                .maxConnecting(1)
                .maxLifetime(Duration.ofMinutes(7))
                .withoutIdleTimeout()
                .build()) {
            pool.execute(find("users"));
            ConnectionPoolSettings driver = drivers.poll(10, TimeUnit.SECONDS);
            assertThat(driver).isNotNull();
            assertThat(driver.getMinSize()).isEqualTo(1);
            assertThat(driver.getMaxSize()).isEqualTo(3);
            assertThat(driver.getMaxConnecting()).isEqualTo(1);
            assertThat(driver.getMaxConnectionLifeTime(TimeUnit.MINUTES)).isEqualTo(7);
            assertThat(driver.getMaxConnectionIdleTime(TimeUnit.MINUTES)).isZero();
        }
    }

    @Test
    void clientIsClosedWithThePool() throws InterruptedException {
        var pool = watched().build();
        pool.execute(find("users"));
        pool.close();
        assertThat(isClientClosed()).isTrue();
    }

    @Test
    void clientLivesUntilTheLastLeaseEnds() throws InterruptedException {
        var pool = watched().build();
        try (var lease = pool.acquire()) {
            pool.close();
            assertThat(lease.execute(findOne("users", eq("_id", 1)))).isEmpty();
            assertThat(closed).isEmpty();
        }
        assertThat(isClientClosed()).isTrue();
    }

    @Test
    void poolThatNeverConnectedClosesWithoutAClient() {
        watched().build().close();
        assertThat(clients).hasValue(0);
    }

    @Test
    void resizedPoolConnectsBeyondItsFirstMaximum() throws InterruptedException {
        try (var pool = watched().maxSize(1).build();
                var first = pool.acquire()) {
            pool.resize(0, 2);
            try (var second = pool.acquire()) {
                assertThat(first.execute(find("users"))).isEmpty();
                assertThat(second.execute(find("users"))).isEmpty();
            }
            assertThat(clients).hasValue(2);
            assertThat(drivers.poll(10, TimeUnit.SECONDS).getMaxSize()).isEqualTo(1);
            assertThat(drivers.poll(10, TimeUnit.SECONDS).getMaxSize()).isEqualTo(2);
            first.invalidate();
            assertThat(isClientClosed()).isTrue();
            assertThat(pool.execute(find("users"))).isEmpty();
        }
    }

    @Test
    void poolOpensByItsUri() {
        boolean hasPath = server.uri().indexOf('/', "mongodb://".length()) > 0;
        String separator = server.uri().contains("?") ? "&" : hasPath ? "?" : "/?";
        try (var pool = Pools.open(server.uri() + separator + "pool.name=by-uri&pool.maxSize=3&appName=cenote")) {
            assertThat(pool.stats().maxSize()).isEqualTo(3);
            assertThat(((MongoPool) pool).execute(find("users"))).isEmpty();
        }
    }

    @Test
    void connectorsOpenEndsByItsDeadlineOnASilentServer() {
        try (var silent = TestServers.start(Product.MONGODB)) {
            silent.pause();
            PoolOptions options = PoolOptions.builder().build();
            var factory = new ClientFactory(
                    MongoUri.of(PoolUri.parse(silent.uri())),
                    Optional.empty(),
                    Optional.empty(),
                    Concerns.none(),
                    s -> {},
                    options);
            var connector = new MongoConnector(factory, "test", options);
            long start = System.nanoTime();
            assertThatThrownBy(() -> connector.open(Deadline.after(Duration.ofMillis(400))))
                    .isInstanceOf(MongoOperationTimeoutException.class);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println("open on a silent server took " + took.toMillis() + " ms of 400");
            assertThat(took).isBetween(Duration.ofMillis(390), Duration.ofSeconds(3));
            connector.shutdown();
        }
    }
}
