package dev.cenote.testkit.servers;

import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.PoolUri;

/** A server that was given by its URI. It is not ours to stop. */
final class ExternalServer implements TestServer {
    private final String product;
    private final String uri;
    private final int defaultPort;

    ExternalServer(String product, String uri, int defaultPort) {
        this.product = product;
        this.uri = uri;
        this.defaultPort = defaultPort;
    }

    private HostAndPort first() {
        return PoolUri.parse(uri).hosts().get(0);
    }

    @Override
    public String product() {
        return product;
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public String host() {
        return first().host();
    }

    @Override
    public int port() {
        return first().port().orElse(defaultPort);
    }

    @Override
    public boolean isEmbedded() {
        return false;
    }

    @Override
    public boolean keepsData() {
        return true;
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void start() {}

    @Override
    public void stop() {
        throw notOurs("stop");
    }

    @Override
    public void kill() {
        throw notOurs("kill");
    }

    @Override
    public void pause() {
        throw notOurs("pause");
    }

    @Override
    public void resume() {
        throw notOurs("resume");
    }

    private IllegalStateException notOurs(String verb) {
        return new IllegalStateException(
                "cannot " + verb + " " + product + " at " + host() + ":" + port() + ": it was given by its URI");
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return product + " at " + PoolUri.mask(uri);
    }
}
