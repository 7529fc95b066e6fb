package dev.cenote.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoSocketOpenException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ConnectionId;
import com.mongodb.connection.ServerConnectionState;
import com.mongodb.connection.ServerDescription;
import com.mongodb.connection.ServerId;
import com.mongodb.connection.ServerType;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ServerHeartbeatFailedEvent;
import com.mongodb.event.ServerHeartbeatSucceededEvent;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.mongo.MongoEvent.PrimaryChanged;
import dev.cenote.mongo.MongoEvent.ServerReachable;
import dev.cenote.mongo.MongoEvent.ServerUnreachable;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Health.Status;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of the driver's own events about servers. */
class DeploymentTest {
    private static final ServerAddress A = new ServerAddress("a", 27017);
    private static final ServerAddress B = new ServerAddress("b", 27017);
    private static final ServerAddress C = new ServerAddress("c", 27017);
    private static final Health UP = new Health(Status.UP, "serves");

    private final List<MongoEvent> told = new ArrayList<>();
    private final MongoEvents events = MongoEvents.ofPool();
    private final Deployment deployment = new Deployment(events);
    private final FailedHeartbeats heartbeats = new FailedHeartbeats(deployment);
    private final CircuitBreaker circuit =
            CircuitBreaker.builder().failureThreshold(2).build();
    private ClusterDescription now = set();

    @BeforeEach
    void attach() {
        events.attach("users", told::add);
        deployment.guardedBy(circuit);
    }

    private static ServerDescription server(ServerAddress address, ServerType type) {
        boolean known = type != ServerType.UNKNOWN;
        return ServerDescription.builder()
                .address(address)
                .type(type)
                .ok(known)
                .state(known ? ServerConnectionState.CONNECTED : ServerConnectionState.CONNECTING)
                .build();
    }

    private static ClusterDescription set(ServerDescription... servers) {
        return new ClusterDescription(ClusterConnectionMode.MULTIPLE, ClusterType.REPLICA_SET, Arrays.asList(servers));
    }

    private static ClusterDescription abc(ServerType a, ServerType b, ServerType c) {
        return set(server(A, a), server(B, b), server(C, c));
    }

    private void becomes(ClusterDescription next) {
        deployment.clusterDescriptionChanged(new ClusterDescriptionChangedEvent(new ClusterId(), next, now));
        now = next;
    }

    private static ConnectionId monitor(ServerAddress address) {
        return new ConnectionId(new ServerId(new ClusterId(), address));
    }

    private void heartbeatFails(ServerAddress address) {
        heartbeats.serverHeartbeatFailed(new ServerHeartbeatFailedEvent(
                monitor(address),
                1,
                false,
                new MongoSocketOpenException("refused", address, new ConnectException("Connection refused"))));
    }

    private void heartbeatSucceeds(ServerAddress address) {
        heartbeats.serverHeartbeatSucceeded(
                new ServerHeartbeatSucceededEvent(monitor(address), new BsonDocument(), 1, false));
    }

    private static final ServerType PRIMARY = ServerType.REPLICA_SET_PRIMARY;
    private static final ServerType SECONDARY = ServerType.REPLICA_SET_SECONDARY;
    private static final ServerType UNKNOWN = ServerType.UNKNOWN;

    @Test
    void anElectionIsToldAsTheOldPrimaryGoesAndTheNewOneComes() {
        becomes(abc(PRIMARY, SECONDARY, SECONDARY));
        becomes(abc(UNKNOWN, SECONDARY, SECONDARY));
        becomes(abc(UNKNOWN, PRIMARY, SECONDARY));
        assertThat(told)
                .containsExactly(
                        new PrimaryChanged("users", Optional.empty(), Optional.of(A)),
                        new PrimaryChanged("users", Optional.of(A), Optional.empty()),
                        new PrimaryChanged("users", Optional.empty(), Optional.of(B)));
    }

    @Test
    void aPrimaryThatTakesOverAtOnceIsToldOnce() {
        becomes(abc(PRIMARY, SECONDARY, SECONDARY));
        becomes(abc(SECONDARY, PRIMARY, SECONDARY));
        assertThat(told).last().isEqualTo(new PrimaryChanged("users", Optional.of(A), Optional.of(B)));
        assertThat(told).hasSize(2);
    }

    @Test
    void aSecondaryThatComesOrGoesIsNotAChangeOfThePrimary() {
        becomes(abc(PRIMARY, UNKNOWN, SECONDARY));
        becomes(abc(PRIMARY, SECONDARY, SECONDARY));
        becomes(abc(PRIMARY, SECONDARY, UNKNOWN));
        assertThat(told).hasSize(1);
    }

    @Test
    void aSecondClientThatFindsTheSamePrimaryTellsNothing() {
        becomes(abc(PRIMARY, SECONDARY, SECONDARY));
        now = set();
        becomes(abc(UNKNOWN, SECONDARY, UNKNOWN));
        becomes(abc(PRIMARY, SECONDARY, SECONDARY));
        assertThat(told).hasSize(1);
    }

    @Test
    void whatHappenedBeforeThePoolWasThereIsToldToIt() {
        var early = MongoEvents.ofPool();
        new Deployment(early)
                .clusterDescriptionChanged(
                        new ClusterDescriptionChangedEvent(new ClusterId(), abc(PRIMARY, SECONDARY, SECONDARY), set()));
        early.attach("late", told::add);
        assertThat(told).containsExactly(new PrimaryChanged("late", Optional.empty(), Optional.of(A)));
    }

    @Test
    void aServerAloneHasNoPrimary() {
        becomes(new ClusterDescription(
                ClusterConnectionMode.SINGLE, ClusterType.STANDALONE, List.of(server(A, ServerType.STANDALONE))));
        assertThat(told).isEmpty();
        assertThat(deployment.health(UP)).isEqualTo(UP);
    }

    @Test
    void oneServerThatCannotBeReachedOpensNoCircuit() {
        becomes(abc(PRIMARY, SECONDARY, SECONDARY));
        for (int i = 0; i < 5; i++) {
            heartbeatFails(B);
        }
        assertThat(circuit.state().isClosed()).isTrue();
        assertThat(deployment.health(UP)).isEqualTo(UP);
        assertThat(told).filteredOn(ServerUnreachable.class::isInstance).hasSize(1);
    }

    @Test
    void failedHeartbeatsOfAllServersOpenTheCircuit() {
        becomes(abc(UNKNOWN, UNKNOWN, UNKNOWN));
        heartbeatFails(A);
        heartbeatFails(B);
        assertThat(circuit.state().isClosed()).isTrue();
        heartbeatFails(C);
        heartbeatFails(A);
        assertThat(circuit.state().isClosed()).isFalse();
        Health health = deployment.health(UP);
        assertThat(health.status()).isEqualTo(Status.DOWN);
        assertThat(health.reason())
                .startsWith("no server answers: ")
                .contains("a:27017 refused (Connection refused)", "b:27017", "c:27017")
                .endsWith("; serves");
    }

    @Test
    void anAnswerEndsTheRowOfFailures() {
        becomes(set(server(A, UNKNOWN)));
        heartbeatFails(A);
        heartbeatSucceeds(A);
        heartbeatFails(A);
        assertThat(circuit.state().isClosed()).isTrue();
        assertThat(told.stream().map(MongoEvent::getClass))
                .containsExactly(ServerUnreachable.class, ServerReachable.class, ServerUnreachable.class);
    }

    @Test
    void answersOfAServerThatWasWellAreNoNews() {
        becomes(set(server(A, PRIMARY)));
        told.clear();
        heartbeatSucceeds(A);
        heartbeatSucceeds(A);
        assertThat(told).isEmpty();
    }

    @Test
    void aSetWithoutAPrimaryServesBadly() {
        becomes(abc(SECONDARY, SECONDARY, UNKNOWN));
        Health health = deployment.health(UP);
        assertThat(health.status()).isEqualTo(Status.DEGRADED);
        assertThat(health.reason()).isEqualTo("no primary among a:27017, b:27017, c:27017; serves");
        var down = new Health(Status.DOWN, "closed");
        assertThat(deployment.health(down)).isEqualTo(down);
    }
}
