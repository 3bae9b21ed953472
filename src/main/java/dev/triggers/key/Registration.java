package dev.triggers.key;

import java.time.Duration;
import java.util.Collection;

import dev.triggers.database.Database;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides who may register an organization, and of which tier.
 */
@Component
final class Registration {

    private static final Logger logger = LoggerFactory.getLogger(Registration.class);

    private static final int A_MINUTE = 10;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final RegistrationMode mode;

    private final AdminToken adminToken;

    private final Collection<String> tiers;

    private final ClientAddress addresses;

    private final RegistrationRepository registrations;

    Registration(RegistrationProperties properties, KeyProperties keys, Database database, AdminToken adminToken,
            ClientAddress addresses, RegistrationRepository registrations) {
        this.adminToken = adminToken;
        this.tiers = keys.tierLimits().names();
        this.addresses = addresses;
        this.registrations = registrations;
        RegistrationMode said = properties.mode();
        this.mode = (said != null) ? said : suggested(database.embedded(), adminToken.isConfigured());
        if (said == null && !database.embedded()) {
            logger.info("REGISTRATION is not set, and taken for {}{}", this.mode, (this.mode == RegistrationMode.CLOSED)
                    ? ": ADMIN_TOKEN is set" : ": anybody may register, 10 a minute and address");
        }
    }

    static RegistrationMode suggested(boolean embedded, boolean adminToken) {
        if (embedded) {
            return RegistrationMode.OPEN;
        }
        return adminToken ? RegistrationMode.CLOSED : RegistrationMode.DEFAULT_TIER;
    }

    RegistrationMode mode() {
        return this.mode;
    }

    /**
     * Tells, before the body is looked at, whether it is the operator who asks.
     * @throws ProblemException 401 if nobody else may, or the token is wrong
     */
    boolean isOperator(HttpServletRequest request) {
        String presented = request.getHeader("X-Admin-Token");
        boolean anybody = this.mode == RegistrationMode.DEFAULT_TIER
                || (this.mode == RegistrationMode.OPEN && !this.adminToken.isConfigured());
        if (anybody && (presented == null || !this.adminToken.isConfigured())) {
            return false;
        }
        this.adminToken.require(presented);
        return true;
    }

    /**
     * Lets a registration pass.
     * @throws ProblemException 422 if there is no such tier, 403 if it is not for
     * everybody, 429 if the address has registered often
     */
    void admit(boolean operator, String tier, HttpServletRequest request) {
        if (!this.tiers.contains(tier)) {
            throw ProblemException.unprocessable("tier", "must be one of " + String.join(", ", this.tiers));
        }
        if (operator || this.mode == RegistrationMode.OPEN) {
            return;
        }
        if (!tier.equals(TierLimits.DEFAULT_TIER)) {
            throw ProblemException.of(ProblemKind.TIER_NOT_ALLOWED, "The tier " + tier
                    + " is for the operator to give, whose token goes into the header X-Admin-Token");
        }
        Duration wait = this.registrations.take(this.addresses.of(request), A_MINUTE, WINDOW);
        if (!wait.isZero()) {
            throw ProblemException
                .of(ProblemKind.RATE_LIMITED, "An address may register " + A_MINUTE + " organizations a minute")
                .retryAfter(wait);
        }
    }

}
