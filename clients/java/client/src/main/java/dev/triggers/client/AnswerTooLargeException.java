package dev.triggers.client;

/** An answer of more bytes than the client takes. */
public final class AnswerTooLargeException extends TriggersException {

    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(long most) {
        super("an answer of more than " + most + " bytes", null);
    }

}
