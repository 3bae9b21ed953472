package dev.triggers.webhook;

import java.net.UnknownHostException;

/**
 * A host that resolves to no address that may be called. It is an
 * {@link UnknownHostException} so that a client's resolver may throw it.
 */
public final class AddressNotAllowedException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    AddressNotAllowedException(String host) {
        super(host + " has no public address");
    }

}
