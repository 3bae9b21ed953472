package dev.triggers.client;

/** Everything that a call raises. */
public abstract sealed class TriggersException extends RuntimeException
        permits ConnectionFailedException, AnswerTooLargeException, MalformedAnswerException, ApiException, BatchInterruptedException {

    private static final long serialVersionUID = 1L;

    private int requests;

    TriggersException(String message, Throwable cause) {
        super(message, cause);
    }

    /** How many requests were made. */
    public int requests() {
        return this.requests;
    }

    <E extends TriggersException> E after(int made, Class<E> type) {
        this.requests = made;
        return type.cast(this);
    }

    TriggersException after(int made) {
        this.requests = made;
        return this;
    }

}
