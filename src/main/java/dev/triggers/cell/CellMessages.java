package dev.triggers.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import dev.triggers.web.RequestPlaces;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What cells say to each other: questions that may be asked twice, below
 * {@value #PREFIX}. Each comes with a code of whom it is for, its path and its body, made
 * with the secret that cells share.
 */
@Component
public final class CellMessages {

    /** What the paths of all begin with. */
    public static final String PREFIX = "/cells/";

    private static final String PURPOSE = "triggers-api cell message";

    private static final int LONGEST = 512 * 1024;

    private static final int LONGEST_PAGE = 4 * 1024 * 1024;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Cells cells;

    private final CellSecret secret;

    private final Hop hop;

    private final CellClient client;

    private final RequestPlaces places;

    private final BodyReader bodies;

    private final JsonMapper json;

    CellMessages(Cells cells, CellSecret secret, Hop hop, CellClient client, RequestPlaces places, BodyReader bodies,
            JsonMapper json) {
        this.cells = cells;
        this.secret = secret;
        this.hop = hop;
        this.client = client;
        this.places = places;
        this.bodies = bodies;
        this.json = json;
    }

    /**
     * Asks another cell.
     * @param message written as JSON
     * @param patience how long its answer may take
     * @throws ProblemException 503 if it does not answer, or not as it should
     */
    public JsonFields ask(OtherCell cell, String path, Object message, Duration patience) {
        byte[] body = this.json.writeValueAsBytes(message);
        HttpPost request = new HttpPost(cell.address().resolve(path));
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        request.setHeader(Hop.CODE, CellSecret.code(this.secret.newest(), PURPOSE, cell.digits(), path, text(body)));
        return read(cell, request, LONGEST, patience, JsonFields::parse);
    }

    /**
     * Asks another cell what the operator asks here, with the operator's token.
     * @param asked what is read here
     * @param patience how long its answer may take
     * @throws ProblemException 503 if it does not answer, or not as it should
     */
    public JsonNode repeat(OtherCell cell, HttpServletRequest asked, Duration patience) {
        String query = (asked.getQueryString() != null) ? "?" + asked.getQueryString() : "";
        HttpGet request = new HttpGet(cell.address().resolve(asked.getRequestURI() + query));
        this.hop.mark(asked, request);
        request.setHeader(Forwarder.ADMIN_TOKEN, asked.getHeader(Forwarder.ADMIN_TOKEN));
        return read(cell, request, LONGEST_PAGE, patience, this.json::readTree);
    }

    private <T> T read(OtherCell cell, HttpUriRequestBase request, int most, Duration patience,
            Function<byte[], T> reader) {
        // It is the other cell that works
        RequestPlaces.Absence absence = this.places.leaveFor();
        try {
            return reader.apply(this.client.read(cell, request, most, patience));
        }
        catch (IOException | JacksonException | ProblemException ex) {
            throw ProblemException
                .of(ProblemKind.CELL_UNAVAILABLE, "Cell " + cell.digits() + " cannot be asked: " + ex.getMessage())
                .retryAfter(RETRY);
        }
        finally {
            absence.close();
        }
    }

    /**
     * Reads what another cell asks here.
     * @throws ProblemException 401 if it does not have the secret, 404 if there are no
     * others
     */
    public JsonFields receive(HttpServletRequest request) {
        return receive(request, LONGEST);
    }

    /**
     * The same, where it may be longer than most are.
     */
    public JsonFields receive(HttpServletRequest request, int longest) {
        if (!this.secret.isSet()) {
            throw ProblemException.of(ProblemKind.NOT_FOUND, "There is nothing at this path");
        }
        String code = request.getHeader(Hop.CODE);
        byte[] body = (code != null) ? this.bodies.read(request, longest) : new byte[0];
        if (code == null
                || this.secret.maker(code, PURPOSE, this.cells.here(), request.getServletPath(), text(body)) == null) {
            throw ProblemException.of(ProblemKind.UNAUTHORIZED, "This is for cells that have the same CELL_SECRET");
        }
        return JsonFields.parse(body);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

}
