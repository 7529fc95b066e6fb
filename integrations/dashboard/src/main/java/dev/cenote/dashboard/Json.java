package dev.cenote.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cenote.protocols.ConnectFailure;
import dev.cenote.protocols.Database;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Holder;
import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PolicyStats;
import dev.cenote.protocols.PoolReport;
import dev.cenote.protocols.PoolStats;
import dev.cenote.protocols.PoolUri;
import dev.cenote.protocols.SlotView;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.WaitingCaller;
import dev.cenote.protocols.errors.CenoteException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a pool says of itself as JSON, field by field, so that renaming something in the code changes no interface. Times
 * carry their unit in their name; what is not there is {@code null}.
 */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Rows beyond these help nobody who looks at a page. */
    private static final int MOST_ROWS = 200;

    private static final int MOST_FRAMES = 60;

    private Json() {}

    static JsonNode read(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON must be writable", impossible);
        }
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static <T> ArrayNode array(List<T> all, Function<? super T, ? extends JsonNode> each) {
        ArrayNode array = NODES.arrayNode();
        all.forEach(one -> array.add(each.apply(one)));
        return array;
    }

    static ObjectNode error(String reason) {
        return object().put("error", reason);
    }

    /** Without passwords, should a driver's message quote a URI. */
    static String masked(String text) {
        return text.contains("://") ? PoolUri.maskMessage(text) : text;
    }

    /** Who holds, who waits, and why. */
    static ObjectNode report(PoolReport report) {
        ObjectNode node = object();
        node.put("pool", report.stats().pool());
        node.set("health", health(report.health()));
        node.set("suspicions", array(report.suspicions(), Json::suspicion));
        node.put("holderCount", report.holders().size());
        node.set("holders", array(first(report.holders()), Json::holder));
        node.put("waiterCount", report.waiters().size());
        node.set("waiters", array(first(report.waiters()), Json::waiter));
        node.set("lastConnectFailure", failure(report));
        return node;
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(all.size(), MOST_ROWS));
    }

    private static JsonNode failure(PoolReport report) {
        return report.lastConnectFailure().<JsonNode>map(Json::failure).orElse(NODES.nullNode());
    }

    private static ObjectNode failure(ConnectFailure failure) {
        return object().put("error", masked(CenoteException.describe(failure.error())))
                .put("agoMillis", failure.ago().toMillis())
                .put("inARow", failure.inARow());
    }

    static ObjectNode health(Health health) {
        return object().put("status", health.status().name()).put("reason", masked(health.reason()));
    }

    private static ObjectNode suspicion(Suspicion suspicion) {
        return object().put("cause", suspicion.cause().name())
                .put("words", suspicion.cause().toString())
                .put("evidence", masked(suspicion.evidence()));
    }

    private static ObjectNode holder(Holder holder) {
        ObjectNode node = object().put("connection", holder.connectionId())
                .put("thread", holder.thread())
                .put("threadEnded", holder.threadEnded())
                .put("ageMillis", holder.age().toMillis())
                .put("operation", holder.lastOperation().map(Json::masked).orElse(null))
                .put("running", holder.running())
                .put("unusedMillis", holder.unused().toMillis())
                .put("unwrapped", holder.unwrapped());
        List<StackTraceElement> frames = holder.acquiredAt();
        node.set(
                "acquiredAt",
                array(
                        frames.subList(0, Math.min(frames.size(), MOST_FRAMES)),
                        frame -> NODES.textNode(frame.toString())));
        return node;
    }

    private static ObjectNode waiter(WaitingCaller waiter) {
        return object().put("thread", waiter.thread())
                .put("asynchronous", waiter.asynchronous())
                .put("waitedMillis", waiter.waited().toMillis())
                .put("holds", waiter.holds());
    }

    /** A pool as it is. */
    static ObjectNode snapshot(String name, PoolReport report, List<SlotView> slots, Database database) {
        PoolStats stats = report.stats();
        ObjectNode node = object().put("name", name);
        node.set("database", database(database));
        node.put("state", stats.state().name());
        node.set("health", health(report.health()));
        node.put("generation", stats.generation())
                .put("minSize", stats.minSize())
                .put("maxSize", stats.maxSize())
                .put("idle", stats.idle())
                .put("leased", stats.leased())
                .put("connecting", stats.connecting())
                .put("waiters", stats.waiters());
        node.set("totals", totals(stats));
        node.set(
                "circuit",
                stats.policies().circuit().<JsonNode>map(Json::circuit).orElse(NODES.nullNode()));
        node.set(
                "retryBudgetLeft",
                stats.policies().retryBudgetLeft().isPresent()
                        ? NODES.numberNode(stats.policies().retryBudgetLeft().getAsInt())
                        : NODES.nullNode());
        node.set("suspicions", array(report.suspicions(), Json::suspicion));
        node.set("lastConnectFailure", failure(report));
        node.set("slots", array(slots, Json::slot));
        return node;
    }

    private static ObjectNode database(Database database) {
        return object().put("system", database.system())
                .put("server", database.server().map(HostAndPort::toString).orElse(null))
                .put("namespace", database.namespace().orElse(null));
    }

    private static ObjectNode circuit(PolicyStats.CircuitStats circuit) {
        return object().put("name", circuit.name())
                .put("state", circuit.state().name())
                .put("opened", circuit.opened())
                .put("refused", circuit.refused());
    }

    private static ObjectNode totals(PoolStats stats) {
        ObjectNode node = object().put("acquired", stats.acquired())
                .put("released", stats.released())
                .put("timedOut", stats.timedOut())
                .put("shed", stats.shed())
                .put("refused", stats.refused())
                .put("created", stats.created())
                .put("connectFailures", stats.connectFailures())
                .put("validationFailures", stats.validationFailures())
                .put("leaks", stats.leaks())
                .put("slowUses", stats.slowUses())
                .put("attempts", stats.policies().attempts())
                .put("retries", stats.policies().retries())
                .put("retriesRefused", stats.policies().retriesRefused());
        node.set("closed", counts(stats.closed(), Enum::name));
        node.set("failures", counts(stats.failures(), Json::verdict));
        return node;
    }

    /** A verdict in one word for each half, the connection's first, as JMX has it too. */
    static String verdict(Verdict verdict) {
        return verdict.connection() + "/" + verdict.call();
    }

    private static <K> ObjectNode counts(Map<K, Long> counts, Function<? super K, String> name) {
        var sorted = new TreeMap<String, Long>();
        counts.forEach((key, count) -> sorted.put(name.apply(key), count));
        ObjectNode node = object();
        sorted.forEach(node::put);
        return node;
    }

    private static ObjectNode slot(SlotView slot) {
        ObjectNode node = object().put("state", slot.state().name());
        if (slot.connectionId().isPresent()) {
            node.put("connection", slot.connectionId().getAsLong());
        }
        slot.age().ifPresent(age -> node.put("ageMillis", age.toMillis()));
        slot.expiresIn().ifPresent(left -> node.put("expiresInMillis", left.toMillis()));
        if (slot.isAgeing()) {
            node.put("ageing", true);
        }
        slot.closes().ifPresent(reason -> node.put("closes", reason.name()));
        return node;
    }
}
