package dev.triggers.cell;

import dev.triggers.key.ClientAddress;
import dev.triggers.key.Elsewhere;
import dev.triggers.key.ForwardedAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.hc.core5.http.HttpMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What a cell says with a request that it forwards: that it did, which nobody gains by
 * claiming, and whose it is, which is believed only with a code that shows that it knows
 * the secret.
 */
@Component
public final class Hop implements ForwardedAddress {

    /** The cell that forwarded. */
    static final String FROM = Elsewhere.HEADERS + "From";

    /** The client's address. */
    static final String CLIENT = Elsewhere.HEADERS + "Client";

    /** Shows that the other two are right. */
    static final String CODE = Elsewhere.HEADERS + "Code";

    /** Fly's proxy says by it that it replays. */
    static final String REPLAYED = "Fly-Replay-Src";

    private static final String PURPOSE = "triggers-api cell client";

    private final Cells cells;

    private final CellSecret secret;

    private final ObjectProvider<ClientAddress> addresses;

    Hop(Cells cells, CellSecret secret, ObjectProvider<ClientAddress> addresses) {
        this.cells = cells;
        this.secret = secret;
        this.addresses = addresses;
    }

    /** Whether another cell sent the request here. */
    public static boolean isMarked(HttpServletRequest request) {
        return request.getHeader(FROM) != null;
    }

    /** Marks what is sent on. */
    void mark(HttpServletRequest request, HttpMessage forwarded) {
        String client = this.addresses.getObject().of(request);
        forwarded.setHeader(FROM, this.cells.here());
        forwarded.setHeader(CLIENT, client);
        forwarded.setHeader(CODE, CellSecret.code(this.secret.newest(), PURPOSE, this.cells.here(), client));
    }

    @Override
    public @Nullable String of(HttpServletRequest request) {
        String from = request.getHeader(FROM);
        String client = request.getHeader(CLIENT);
        String code = request.getHeader(CODE);
        boolean believed = from != null && client != null && code != null
                && this.secret.maker(code, PURPOSE, from, client) != null;
        return believed ? client : null;
    }

}
