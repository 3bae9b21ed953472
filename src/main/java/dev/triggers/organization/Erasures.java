package dev.triggers.organization;

import java.util.UUID;

import dev.triggers.audit.AuditTrail;
import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Erases organizations, table by table, a few rows at a time, until a pass over all
 * tables has found nothing. Each step is a transaction that knows where the next one
 * begins, so that an erasure goes on wherever one of the instances is left.
 */
@Service
public class Erasures {

    /**
     * After so long no instance takes the keys any more, and what one had taken is
     * stored.
     */
    private static final int SECONDS_TO_WAIT = 5;

    static final String TOPIC = "erasure";

    private final ErasureRepository rows;

    private final OrganizationRepository organizations;

    private final UuidV7 ids;

    private final AuditTrail audit;

    private final Counter removed;

    Erasures(ErasureRepository rows, OrganizationRepository organizations, UuidV7 ids, AuditTrail audit,
            MeterRegistry registry) {
        this.audit = audit;
        this.rows = rows;
        this.organizations = organizations;
        this.ids = ids;
        this.removed = Counter.builder("triggers.erasure.rows")
            .description("Rows that erasures of organizations removed")
            .register(registry);
    }

    /**
     * Begins to erase an organization, unless that has begun.
     * @throws ProblemException 422 if it has another name
     */
    @Transactional
    Erasure begin(UUID organizationId, String confirmName) {
        Organization organization = this.organizations.lock(organizationId)
            .orElseThrow(() -> ProblemException.notFound("Organization"));
        if (!organization.name().equals(confirmName)) {
            throw ProblemException.unprocessable("confirm_name", "must be the organization's name");
        }
        if (organization.erasing()) {
            return this.rows.findOf(organizationId).orElseThrow(() -> ProblemException.notFound("Organization"));
        }
        if (this.rows.isArriving(organizationId)) {
            throw ProblemException.of(ProblemKind.CONFLICT,
                    "The organization has just moved here, and more comes of it");
        }
        UUID id = this.ids.next();
        this.rows.insert(id, organizationId, SECONDS_TO_WAIT);
        this.organizations.rest(organizationId, true);
        this.audit.note(organizationId, "organization.erased", id, organization.audited(), null);
        return find(id);
    }

    /**
     * Begins to remove what an organization left behind that lives in another cell. It is
     * none of the erasures that the operator sees.
     */
    @Transactional
    public void sweep(UUID organizationId) {
        this.rows.insertMoved(this.ids.next(), organizationId, SECONDS_TO_WAIT);
    }

    Erasure find(UUID id) {
        return this.rows.find(id).orElseThrow(() -> ProblemException.notFound("Erasure"));
    }

    /**
     * Goes one step on with an erasure that is due.
     * @return false if there was none
     */
    @Transactional
    boolean proceed() {
        ErasureStep step = this.rows.take().orElse(null);
        if (step == null) {
            return false;
        }
        String table = ErasureRepository.ORDER.get(step.step());
        if (step.isBounded()) {
            this.rows.bound();
        }
        long began = System.nanoTime();
        int gone = this.rows.remove(table, step.organizationId(), step.most());
        long millis = (System.nanoTime() - began) / 1_000_000;
        this.removed.increment(gone);
        boolean last = gone < step.most() && step.step() == ErasureRepository.ORDER.size() - 1;
        if (last && step.swept() + gone == 0 && this.rows.isGone(step.organizationId())) {
            this.rows.finish(step.id());
            return true;
        }
        int next = (gone < step.most()) ? step.step() + 1 : step.step();
        this.rows.proceed(step, table, gone, new ErasureStep(step.id(), step.organizationId(), last ? 0 : next,
                step.mostAfter(millis), last ? 0 : step.swept() + gone));
        return true;
    }

    /**
     * Tries fewer rows after a step that was broken off, since it took too long.
     */
    @Transactional
    void makeSmaller() {
        this.rows.take()
            .ifPresent((step) -> this.rows.proceed(step, ErasureRepository.ORDER.get(step.step()), 0,
                    new ErasureStep(step.id(), step.organizationId(), step.step(), step.smaller(), step.swept())));
    }

}
