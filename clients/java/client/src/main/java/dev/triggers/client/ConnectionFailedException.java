package dev.triggers.client;

/** No complete answer. */
public final class ConnectionFailedException extends TriggersException {

    private static final long serialVersionUID = 1L;

    /** What happened; only after {@link #CONNECT} is it known that nothing was carried out. */
    public enum Kind {

        /** No connection was made. */
        CONNECT,
        /** It broke before a byte came back. */
        RESET,
        /** It broke inside the answer. */
        CUT,
        /** No whole answer in time. */
        TIMEOUT

    }

    private final Kind kind;

    ConnectionFailedException(Kind kind, Throwable cause) {
        super(kind.name().toLowerCase(java.util.Locale.ROOT) + ((cause != null) ? ": " + cause : ""), cause);
        this.kind = kind;
    }

    /** What happened. */
    public Kind kind() {
        return this.kind;
    }

}
