package dev.triggers.web;

/**
 * The order in which filters see a request.
 */
public final class FilterOrder {

    static final int REQUEST = -100;

    static final int CORS = -90;

    public static final int AUTHENTICATION = -80;

    public static final int POSTING = -75;

    public static final int RATE_LIMIT = -70;

    private FilterOrder() {
    }

}
