package dev.cenote.protocols.operations;

import dev.cenote.protocols.Connection;

/** An operation of several parts that reports on each, also when all were applied. */
public interface BulkOperation<C extends Connection> extends OperationOfParts<C, BulkResult> {
    @Override
    default Class<? super BulkResult> resultType() {
        return BulkResult.class;
    }
}
