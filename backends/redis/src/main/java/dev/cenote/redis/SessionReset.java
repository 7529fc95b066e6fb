package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Cleans the session of a connection that its holder had in hand: leaves MULTI, forgets WATCH, goes back to the pool's
 * database, and then asks the server what it still knows of the session. A name, tracking, exemptions from eviction and
 * from touching are undone where that shows them. What then is not as a new session would be cannot be cleaned here, and
 * the connection is closed. (The RESET command would do more, and also log out.)
 */
final class SessionReset {
    private SessionReset() {}

    static void run(RedisConnection connection, RedisTarget target, Deadline deadline) throws Exception {
        IoThread.admitBlocking("restoring a session");
        if (TrackedClient.isAltered(connection.driver())) {
            throw new RedisException("session is not clean: a listener was added, or flushing was changed");
        }
        RedisAsyncCommands<String, String> commands = connection.commands();
        if (connection.driver().isMulti()) {
            RedisConnector.await(commands.discard(), deadline, "DISCARD");
        }
        var unwatched = commands.unwatch();
        var selected = commands.select(target.database());
        var info = commands.clientInfo();
        RedisConnector.await(unwatched, deadline, "UNWATCH");
        RedisConnector.await(selected, deadline, "SELECT");
        Map<String, String> session = parse(RedisConnector.await(info, deadline, "CLIENT INFO"));
        if (undo(session, commands, target, deadline)) {
            session = parse(RedisConnector.await(commands.clientInfo(), deadline, "CLIENT INFO"));
        }
        requireClean(session, target);
    }

    /**
     * Undoes what is seldom changed and has a command of its own: asked for only where it shows, since a user of the
     * server's access control list may not be allowed to. True if there was anything.
     */
    private static boolean undo(
            Map<String, String> session,
            RedisAsyncCommands<String, String> commands,
            RedisTarget target,
            Deadline deadline)
            throws Exception {
        String flags = session.getOrDefault("flags", "");
        var undone = new LinkedHashMap<String, Future<?>>();
        if (!name(target).equals(session.getOrDefault("name", name(target)))) {
            undone.put("CLIENT SETNAME", commands.clientSetname(name(target)));
        }
        if (flags.contains("t")) {
            undone.put("CLIENT TRACKING", commands.clientTracking(TrackingArgs.Builder.enabled(false)));
        }
        if (flags.contains("e")) {
            undone.put("CLIENT NO-EVICT", commands.clientNoEvict(false));
        }
        if (flags.contains("T")) {
            undone.put("CLIENT NO-TOUCH", touchAgain(commands));
        }
        for (Map.Entry<String, Future<?>> each : undone.entrySet()) {
            RedisConnector.await(each.getValue(), deadline, each.getKey());
        }
        return !undone.isEmpty();
    }

    /** Of Lettuce, only the newest has a method for it. */
    private static RedisFuture<String> touchAgain(RedisAsyncCommands<String, String> commands) {
        return commands.dispatch(
                CommandType.CLIENT,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8).add("NO-TOUCH").add("OFF"));
    }

    private static String name(RedisTarget target) {
        return target.clientName().orElse("");
    }

    private static Map<String, String> parse(String info) {
        var fields = new HashMap<String, String>();
        for (String field : info.strip().split(" ")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return fields;
    }

    private static void requireClean(Map<String, String> session, RedisTarget target) {
        // Told by every server that has CLIENT INFO; QUEUED in its place comes out of a transaction.
        require(session, "flags", "N");
        require(session, "db", String.valueOf(target.database()));
        require(session, "sub", "0");
        require(session, "psub", "0");
        require(session, "multi", "-1");
        requireIfTold(session, "ssub", "0");
        requireIfTold(session, "watch", "0");
        require(session, "name", name(target));
        require(session, "user", target.user().orElse("default"));
        requireIfTold(session, "resp", String.valueOf(target.protocol()));
    }

    /** An older server does not tell: of subscriptions to shards it has none, the watches are gone by UNWATCH. */
    private static void requireIfTold(Map<String, String> session, String field, String wanted) {
        if (session.containsKey(field)) {
            require(session, field, wanted);
        }
    }

    private static void require(Map<String, String> session, String field, String wanted) {
        String found = session.getOrDefault(field, "not told");
        if (!found.equals(wanted)) {
            throw new RedisException("session is not clean: " + field + " must be " + wanted + ", was " + found);
        }
    }
}
