package dev.cenote.dashboard;

import dev.cenote.PoolRegistry;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Dashboard}. For one thread. */
public final class DashboardBuilder {
    private static final int TOKEN_BYTES = 24;

    private @Nullable Supplier<? extends Map<String, ? extends Pool<?>>> pools;
    private InetAddress bind = InetAddress.getLoopbackAddress();
    private int port;
    private @Nullable String token;
    private List<String> allowedHosts = List.of();
    private boolean readOnly;
    private boolean openReading;
    private boolean acquireEvents;

    DashboardBuilder() {}

    /** Shows the pools of that registry, as they come and go. */
    public DashboardBuilder pools(PoolRegistry registry) {
        return pools(registry::all);
    }

    /** Shows those pools, under these names. Asked again each second, on a thread of the dashboard's; must not block. */
    public DashboardBuilder pools(Supplier<? extends Map<String, ? extends Pool<?>>> byName) {
        this.pools = byName;
        return this;
    }

    /** Shows that pool alone. */
    public DashboardBuilder pool(Pool<?> pool) {
        return pools(() -> Map.of(pool.name(), pool));
    }

    /** The port to listen on; 0, the default, takes any that is free: see {@link Dashboard#uri}. */
    public DashboardBuilder port(int port) {
        this.port = port;
        return this;
    }

    /**
     * The address to listen on; the loopback address by default. What it serves is not encrypted: beyond loopback it wants
     * a proxy with TLS before it.
     *
     * @throws ConfigurationException if it is no address and no name of one
     */
    public DashboardBuilder bind(String address) {
        try {
            this.bind = InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw new ConfigurationException("bind must be an address of this machine, was " + address, unknown);
        }
        return this;
    }

    /**
     * The token that requests must show: at least 16 letters, digits or any of {@code . _ ~ -}. By default one of 192 random
     * bits is made at the start; {@link Dashboard#uri} has it.
     */
    public DashboardBuilder token(String token) {
        this.token = token;
        return this;
    }

    /**
     * Names under which it may be asked for, beside the loopback address: {@code host}, or {@code host:port} for that port
     * only. A request with any other {@code Host} is refused, so that no page can reach it by a name of its own.
     */
    public DashboardBuilder allowedHosts(String... hosts) {
        this.allowedHosts = List.of(hosts);
        return this;
    }

    /** True if it changes no pool, whoever asks. False by default. */
    public DashboardBuilder readOnly(boolean readOnly) {
        this.readOnly = readOnly;
        return this;
    }

    /**
     * True if who only reads needs no token. False by default: holders, operations and stacks say much of an application,
     * and any user of the machine can reach its loopback address.
     */
    public DashboardBuilder openReading(boolean openReading) {
        this.openReading = openReading;
        return this;
    }

    /**
     * True if the log shall tell of each acquire and release too. False by default: it makes each acquire read the clock.
     * Acquires that failed are told of either way, counted each second.
     */
    public DashboardBuilder acquireEvents(boolean acquireEvents) {
        this.acquireEvents = acquireEvents;
        return this;
    }

    /**
     * Listens and serves. Whoever starts it closes it.
     *
     * @throws ConfigurationException if no pools were given, or an option is not as it must be
     * @throws java.io.UncheckedIOException if it cannot listen there
     */
    public Dashboard start() {
        if (pools == null) {
            throw new ConfigurationException("pools must be given, were not");
        }
        return Dashboard.start(new DashboardOptions(
                pools,
                bind,
                port,
                token == null ? randomToken() : token,
                allowedHosts,
                readOnly,
                openReading,
                acquireEvents));
    }

    private static String randomToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
