/**
 * The contracts between the pool, the backends and the users of both: what a {@link dev.cenote.protocols.Pool} and a
 * {@link dev.cenote.protocols.Lease} promise, and what a backend writes ({@link dev.cenote.protocols.Connector},
 * {@link dev.cenote.protocols.Classifier}, operations) so that one engine serves every database.
 *
 * <p>Start reading at {@link dev.cenote.protocols.Pool}. This package depends on no other of Cenote.
 */
@NullMarked
package dev.cenote.protocols;

import org.jspecify.annotations.NullMarked;
