package dev.triggers.cell;

import javax.crypto.spec.SecretKeySpec;

import dev.triggers.key.Keyless;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells another cell whether it has the same secrets.
 */
@Hidden
@RestController
class AgreementController {

    static final String PATH = "/cells/agreement";

    static final String QUESTION = "triggers-api cell question";

    private static final int LONGEST_BODY = 4 * 1024;

    private final CellSecret secret;

    private final SharedSecrets shared;

    private final BodyReader bodies;

    AgreementController(CellSecret secret, SharedSecrets shared, BodyReader bodies) {
        this.secret = secret;
        this.shared = shared;
        this.bodies = bodies;
    }

    @PostMapping(PATH)
    @Keyless
    Fingerprints answer(HttpServletRequest request) {
        if (!this.secret.isSet()) {
            throw ProblemException.of(ProblemKind.NOT_FOUND, "There is nothing at this path");
        }
        JsonFields question = JsonFields.parse(this.bodies.read(request, LONGEST_BODY));
        String nonce = question.requiredText("nonce");
        SecretKeySpec key = this.secret.maker(question.requiredText("code"), QUESTION, nonce);
        if (key == null) {
            throw ProblemException.of(ProblemKind.UNAUTHORIZED, "This is for cells that have the same CELL_SECRET");
        }
        return this.shared.fingerprints(key, nonce);
    }

}
