package dev.triggers.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What cells say to each other: questions that may be asked twice, below
 * {@value #PREFIX}. Each comes with a code of its path and its body, made with the secret
 * that cells share.
 */
@Component
public final class CellMessages {

    /** What the paths of all begin with. */
    public static final String PREFIX = "/cells/";

    private static final String PURPOSE = "triggers-api cell message";

    private static final int LONGEST = 512 * 1024;

    private static final int LONGEST_PAGE = 4 * 1024 * 1024;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final CellSecret secret;

    private final Hop hop;

    private final CellClient client;

    private final BodyReader bodies;

    private final JsonMapper json;

    CellMessages(CellSecret secret, Hop hop, CellClient client, BodyReader bodies, JsonMapper json) {
        this.secret = secret;
        this.hop = hop;
        this.client = client;
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
        request.setHeader(Hop.CODE, CellSecret.code(this.secret.newest(), PURPOSE, path, text(body)));
        return JsonFields.parse(read(cell, request, LONGEST, patience));
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
        return this.json.readTree(read(cell, request, LONGEST_PAGE, patience));
    }

    private byte[] read(OtherCell cell, HttpUriRequestBase request, int most, Duration patience) {
        try (ClassicHttpResponse response = this.client.open(cell, request, Duration.ZERO, patience)) {
            byte[] answer = EntityUtils.toByteArray(response.getEntity(), most);
            if (response.getCode() != HttpStatus.SC_OK || answer == null) {
                throw silent(cell, "it answered " + response.getCode());
            }
            return answer;
        }
        catch (IOException ex) {
            throw silent(cell, ex.toString());
        }
    }

    /**
     * Reads what another cell asks here.
     * @throws ProblemException 401 if it does not have the secret, 404 if there are no
     * others
     */
    public JsonFields receive(HttpServletRequest request) {
        if (!this.secret.isSet()) {
            throw ProblemException.of(ProblemKind.NOT_FOUND, "There is nothing at this path");
        }
        String code = request.getHeader(Hop.CODE);
        byte[] body = (code != null) ? this.bodies.read(request, LONGEST) : new byte[0];
        if (code == null || this.secret.maker(code, PURPOSE, request.getServletPath(), text(body)) == null) {
            throw ProblemException.of(ProblemKind.UNAUTHORIZED, "This is for cells that have the same CELL_SECRET");
        }
        return JsonFields.parse(body);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static ProblemException silent(OtherCell cell, String why) {
        return ProblemException.of(ProblemKind.CELL_UNAVAILABLE, "Cell " + cell.digits() + " cannot be asked: " + why)
            .retryAfter(RETRY);
    }

}
