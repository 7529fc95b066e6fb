package dev.cenote.cli.probe;

import static dev.cenote.cli.probe.Questions.ifTold;

import dev.cenote.cli.probe.ServerInfo.Idle;
import dev.cenote.cli.probe.ServerInfo.Limits;
import dev.cenote.cli.probe.ServerInfo.Role;
import dev.cenote.mongo.MongoConnection;
import dev.cenote.mongo.MongoOperations;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolUri;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bson.Document;

/** What MongoDB tells. */
final class MongoQuestions {
    private final Lease<MongoConnection> lease;

    MongoQuestions(Lease<MongoConnection> lease) {
        this.lease = lease;
    }

    ServerInfo ask(PoolUri uri) {
        Optional<Document> hello = run("hello").or(() -> run("isMaster"));
        return new ServerInfo(
                "MongoDB",
                run("buildInfo").map(build -> build.getString("version")).orElse("unknown"),
                isTls(uri) ? "on" : "none",
                hello.map(MongoQuestions::role),
                limits(),
                Idle.UNKNOWN,
                Questions.clockAhead(() -> run("hello")
                        .map(answer -> answer.get("localTime"))
                        .filter(Date.class::isInstance)
                        .map(time -> ((Date) time).getTime())));
    }

    private static Role role(Document hello) {
        boolean writable = isTrue(hello, "isWritablePrimary") || isTrue(hello, "ismaster");
        String set = hello.getString("setName");
        if ("isdbgrid".equals(hello.getString("msg"))) {
            return new Role("router", true);
        }
        return new Role(set == null ? "standalone" : (writable ? "primary of " : "secondary of ") + set, writable);
    }

    private static boolean isTrue(Document document, String field) {
        return Boolean.TRUE.equals(document.get(field));
    }

    /** As net.maxIncomingConnections has it: what is in use and what is left. */
    private Limits limits() {
        return run("serverStatus")
                .map(status -> status.get("connections"))
                .filter(Document.class::isInstance)
                .map(Document.class::cast)
                .flatMap(MongoQuestions::limits)
                .orElse(Limits.UNKNOWN);
    }

    private static Optional<Limits> limits(Document counts) {
        return counts.get("current") instanceof Number current && counts.get("available") instanceof Number available
                ? Optional.of(new Limits(
                        OptionalLong.of(current.longValue() + available.longValue()),
                        OptionalLong.of(0),
                        OptionalLong.of(current.longValue())))
                : Optional.empty();
    }

    private static boolean isTls(PoolUri uri) {
        Map<String, String> parameters = uri.driverParameters();
        String standard = uri.scheme().equals("mongodb+srv") ? "true" : "false";
        return parameters
                .getOrDefault("tls", parameters.getOrDefault("ssl", standard))
                .equals("true");
    }

    private Optional<Document> run(String command) {
        return ifTold(() -> lease.execute(MongoOperations.readCommand(new Document(command, 1))));
    }
}
