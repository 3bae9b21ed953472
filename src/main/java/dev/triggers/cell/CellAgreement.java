package dev.triggers.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import javax.crypto.spec.SecretKeySpec;

import dev.triggers.settings.ConfigurationException;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Refuses to start beside a cell that could not read what is written here, or the other
 * way round. One that cannot be asked now is asked again until it answers.
 */
@Component
public class CellAgreement implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(CellAgreement.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int NONCE_BYTES = 16;

    private static final int LONGEST_ANSWER = 64 * 1024;

    private static final Executor THREADS = (task) -> Thread.ofVirtual().name("cell-question").start(task);

    private final Cells cells;

    private final CellSecret secret;

    private final SharedSecrets shared;

    private final CellClient client;

    private final SecureRandom random = new SecureRandom();

    private final Collection<OtherCell> unanswered = ConcurrentHashMap.newKeySet();

    CellAgreement(Cells cells, CellSecret secret, SharedSecrets shared, CellClient client) {
        this.cells = cells;
        this.secret = secret;
        this.shared = shared;
        this.client = client;
    }

    @Override
    public void afterSingletonsInstantiated() {
        ask(this.cells.others()).forEach((cell, verdict) -> {
            switch (verdict) {
                case Verdict.Agrees agrees -> {
                }
                case Verdict.Disagrees disagrees -> throw new ConfigurationException(disagrees.why());
                case Verdict.Unknown unknown -> {
                    this.unanswered.add(cell);
                    logger.warn("Cell {} cannot be asked whether it has the same secrets, and is asked again: {}", cell,
                            unknown.why());
                }
            }
        });
    }

    /** What does not agree now is for the operator: requests of clients go on. */
    @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT10S")
    void askAgain() {
        if (this.unanswered.isEmpty()) {
            return;
        }
        ask(List.copyOf(this.unanswered)).forEach((cell, verdict) -> {
            switch (verdict) {
                case Verdict.Agrees agrees -> {
                    this.unanswered.remove(cell);
                    logger.info("Cell {} has the same secrets", cell);
                }
                case Verdict.Disagrees disagrees -> {
                    this.unanswered.remove(cell);
                    logger.error("{}; this instance would not start again", disagrees.why());
                }
                case Verdict.Unknown unknown -> logger.debug("Cell {} cannot be asked yet: {}", cell, unknown.why());
            }
        });
    }

    /**
     * Asks a cell once more.
     * @throws ProblemException 409 if it has other secrets, 503 if it does not answer
     */
    public void require(OtherCell cell) {
        switch (ask(cell)) {
            case Verdict.Agrees agrees -> {
            }
            case Verdict.Disagrees disagrees -> throw ProblemException.of(ProblemKind.CONFLICT, disagrees.why());
            case Verdict.Unknown unknown -> throw ProblemException.of(ProblemKind.CELL_UNAVAILABLE,
                    "Cell " + cell.digits() + " cannot be asked whether it has the same secrets: " + unknown.why());
        }
    }

    /** Those that have not been asked yet. */
    Collection<OtherCell> unanswered() {
        return List.copyOf(this.unanswered);
    }

    private Map<OtherCell, Verdict> ask(Collection<OtherCell> some) {
        Map<OtherCell, CompletableFuture<Verdict>> asked = new LinkedHashMap<>();
        some.forEach((cell) -> asked.put(cell, CompletableFuture.supplyAsync(() -> ask(cell), THREADS)));
        Map<OtherCell, Verdict> verdicts = new LinkedHashMap<>();
        asked.forEach((cell, verdict) -> verdicts.put(cell, verdict.join()));
        return verdicts;
    }

    private Verdict ask(OtherCell cell) {
        String nonce = nonce();
        SecretKeySpec key = this.secret.newest();
        HttpPost request = new HttpPost(cell.address().resolve(AgreementController.PATH));
        String question = "{\"nonce\":\"" + nonce + "\",\"code\":\""
                + CellSecret.code(key, AgreementController.QUESTION, nonce) + "\"}";
        request
            .setEntity(new ByteArrayEntity(question.getBytes(StandardCharsets.US_ASCII), ContentType.APPLICATION_JSON));
        try (ClassicHttpResponse response = this.client.open(cell, request, Duration.ZERO, PATIENCE)) {
            return switch (response.getCode()) {
                case HttpStatus.SC_OK -> compare(cell, this.shared.fingerprints(key, nonce), read(response));
                case HttpStatus.SC_UNAUTHORIZED -> new Verdict.Disagrees("CELL_SECRET is not that of cell " + cell);
                default -> new Verdict.Unknown("it answered " + response.getCode());
            };
        }
        catch (IOException | ProblemException ex) {
            return new Verdict.Unknown(ex.toString());
        }
    }

    private static Verdict compare(OtherCell cell, Fingerprints ours, Fingerprints theirs) {
        if (!theirs.cell().equals(cell.digits())) {
            return new Verdict.Disagrees("CELLS names cell " + cell + ", where cell " + theirs.cell() + " is");
        }
        String setting = ours.disagreement(theirs);
        return setting.isEmpty() ? new Verdict.Agrees() : new Verdict.Disagrees(
                setting + " is not shared with cell " + cell + ": each must hold what the other writes with");
    }

    private static Fingerprints read(ClassicHttpResponse response) throws IOException {
        byte[] body = EntityUtils.toByteArray(response.getEntity(), LONGEST_ANSWER);
        JsonFields answer = JsonFields.parse((body != null) ? body : new byte[0]);
        // What it says of itself goes into a line of the log
        String cell = answer.requiredText("cell").replaceAll("[^0-9]", "?");
        return new Fingerprints(cell, Objects.requireNonNullElse(answer.texts("api_key_salts"), List.of()),
                Objects.requireNonNullElse(answer.texts("webhook_secrets"), List.of()));
    }

    private String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        this.random.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }

}
