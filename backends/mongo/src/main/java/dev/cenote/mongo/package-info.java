/**
 * The MongoDB backend, on the official synchronous driver. The entry type is {@link dev.cenote.mongo.MongoPool}, the
 * commands are in {@link dev.cenote.mongo.MongoOperations} and {@link dev.cenote.mongo.MongoSchema}, and what can be read
 * in batches is {@link dev.cenote.mongo.Streamable}; start reading at {@link dev.cenote.mongo.MongoConnector}.
 *
 * <p>The driver offers no way to open one connection, so its own pool stays the owner of the sockets: a pool has one
 * {@code MongoClient}, a lease is a permit of the engine with an optional session, and the bounds of both pools are the
 * same, so that a lease never waits for a socket on a deployment of one node.
 */
@NullMarked
package dev.cenote.mongo;

import org.jspecify.annotations.NullMarked;
