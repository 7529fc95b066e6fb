/**
 * The one family of errors: unchecked, with typed fields, below {@link dev.cenote.protocols.errors.CenoteException}. A
 * driver's exception is always the cause, never the message alone. Messages hold no secret.
 */
@NullMarked
package dev.cenote.protocols.errors;

import org.jspecify.annotations.NullMarked;
