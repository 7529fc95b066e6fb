package dev.cenote.protocols.errors;

/** A bulkhead had no turn for the call in time. Nothing was executed. */
public class BulkheadFullException extends CenoteException {
    private static final long serialVersionUID = 1L;

    private final String bulkhead;

    public BulkheadFullException(String bulkhead) {
        super("bulkhead " + bulkhead + " is full: as many calls are under way as it allows");
        this.bulkhead = bulkhead;
    }

    /** Name of the bulkhead. */
    public String bulkhead() {
        return bulkhead;
    }
}
