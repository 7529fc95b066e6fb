package dev.cenote.cli.probe;

/**
 * What a server says of itself.
 *
 * @param product name of the product
 * @param version its version
 * @param tls how the connection is encrypted, in words
 */
record ServerInfo(String product, String version, String tls) {}
