package dev.triggers.client;

/** A success that is not what it should be. */
public final class MalformedAnswerException extends TriggersException {

    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message, Throwable cause) {
        super(message, cause);
    }

}
