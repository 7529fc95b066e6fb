package dev.cenote.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * The names of OpenTelemetry's semantic conventions for databases, version 1.33.0, the first in which they are stable, and
 * our own beside them.
 */
final class Conventions {
    static final String SCOPE = "dev.cenote";
    static final String SCHEMA_URL = "https://opentelemetry.io/schemas/1.33.0";

    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
    static final AttributeKey<String> COLLECTION = AttributeKey.stringKey("db.collection.name");
    static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");
    static final AttributeKey<String> STATUS_CODE = AttributeKey.stringKey("db.response.status_code");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<String> POOL = AttributeKey.stringKey("db.client.connection.pool.name");
    static final AttributeKey<String> STATE = AttributeKey.stringKey("db.client.connection.state");

    static final AttributeKey<String> HEALTH_STATUS = AttributeKey.stringKey("cenote.health.status");
    static final AttributeKey<String> POOL_STATE = AttributeKey.stringKey("cenote.pool.state");
    static final AttributeKey<String> SUSPICION_CAUSE = AttributeKey.stringKey("cenote.suspicion.cause");
    static final AttributeKey<String> CLOSE_REASON = AttributeKey.stringKey("cenote.close.reason");
    static final AttributeKey<String> VERDICT_CONNECTION = AttributeKey.stringKey("cenote.verdict.connection");
    static final AttributeKey<String> VERDICT_CALL = AttributeKey.stringKey("cenote.verdict.call");
    static final AttributeKey<String> CIRCUIT_STATE = AttributeKey.stringKey("cenote.circuit.state");
    static final AttributeKey<Long> CONNECTION_ID = AttributeKey.longKey("cenote.connection.id");
    static final AttributeKey<Double> ACQUIRE_WAIT = AttributeKey.doubleKey("cenote.acquire.wait");
    static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("cenote.attempt");

    static final String ACQUIRED = "cenote.acquired";
    static final String ATTEMPT_FAILED = "cenote.attempt.failed";

    static final String DURATION = "db.client.operation.duration";
    static final String DURATION_DESCRIPTION = "Duration of database client operations.";

    /** In seconds. Given for operations; ours for the times of connections, for which nothing is given. */
    static final List<Double> BOUNDARIES = List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

    private Conventions() {}
}
