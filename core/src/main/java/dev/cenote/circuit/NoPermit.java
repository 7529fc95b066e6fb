package dev.cenote.circuit;

/** The permit of an observer whose word does not count. */
enum NoPermit implements Permit {
    INSTANCE;

    @Override
    public void success() {}

    @Override
    public void failure(Throwable error) {}

    @Override
    public void ignored() {}
}
