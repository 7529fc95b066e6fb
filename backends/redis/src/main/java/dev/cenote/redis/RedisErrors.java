package dev.cenote.redis;

import dev.cenote.protocols.KnownError;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** The errors of Redis that the documentation lists, as Lettuce throws them. */
final class RedisErrors {
    static final List<KnownError> ALL = List.of(
            new KnownError(
                    "LOADING",
                    "the server loads its data",
                    () -> new RedisLoadingException("LOADING Redis is loading")),
            said("MASTERDOWN", "a replica has lost its master"),
            said("CLUSTERDOWN", "the cluster does not serve"),
            said("TRYAGAIN", "a slot is being moved"),
            said("NOREPLICAS", "too few replicas"),
            said("BUSY", "a script runs for long"),
            new KnownError(
                    "READONLY",
                    "a replica: the server's role has changed",
                    () -> new RedisReadOnlyException("READONLY You can't write against a read only replica.")),
            new KnownError(
                    "ERR",
                    "max number of clients reached",
                    () -> new RedisCommandExecutionException("ERR max number of clients reached")),
            said("NOAUTH", "not logged in"),
            said("WRONGPASS", "wrong user or password"),
            said("NOPERM", "no right to the command or key"),
            said("OOM", "out of memory"),
            said("MISCONF", "the server cannot save its data and takes no writes"),
            said("EXECABORT", "a command of a transaction was refused"),
            said("CROSSSLOT", "keys of several slots"),
            said("WRONGTYPE", "the key holds another type"),
            said("BUSYKEY", "the key exists already"),
            said("BUSYGROUP", "the group exists already"),
            said("ERR", "mistake in the command"),
            new KnownError("none", "a watched key was changed", WatchedKeyChangedException::new),
            none(
                    "not connected any more: nothing was sent",
                    () -> new RedisException("Currently not connected. Commands are rejected.")),
            none("cannot connect", () -> new RedisConnectionException("Unable to connect")),
            none("lost in the middle of a reply", () -> new RedisException(new IOException("Connection reset"))),
            none("no reply in time", () -> new RedisCommandTimeoutException("no reply")));

    private RedisErrors() {}

    private static KnownError said(String prefix, String meaning) {
        return new KnownError(prefix, meaning, () -> new RedisCommandExecutionException(prefix + " " + meaning));
    }

    private static KnownError none(String meaning, Supplier<? extends Throwable> sample) {
        return new KnownError("none", meaning, sample);
    }
}
