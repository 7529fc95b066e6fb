/**
 * What a pool tells its listeners: the vocabulary of MongoDB's Connection Monitoring and Pooling specification in
 * Cenote's words (its "check out" is acquire, its "check in" is release). Start at {@link
 * dev.cenote.protocols.events.PoolListener}.
 */
@NullMarked
package dev.cenote.protocols.events;

import org.jspecify.annotations.NullMarked;
