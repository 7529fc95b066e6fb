package dev.cenote.protocols.errors;

/** A lease was used after it had ended. */
public class LeaseClosedException extends CenoteException {
    private static final long serialVersionUID = 1L;

    public LeaseClosedException(String message) {
        super(message);
    }
}
