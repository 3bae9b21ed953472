package dev.triggers.key;

import java.io.IOException;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Knows where organizations live, and where new ones are to.
 */
public interface Placement {

    /**
     * Answers a request that makes an organization if that is to live elsewhere, or lives
     * there already.
     * @param externalId what the operator knows it by; null: nothing that anything would
     * be found by
     * @param read the request's body
     * @return false if it is to be made here
     * @throws dev.triggers.web.ProblemException if the answer is a problem
     */
    boolean createdElsewhere(@Nullable String externalId, HttpServletRequest request, HttpServletResponse response,
            byte[] read) throws IOException;

    /**
     * Answers a request of the operator's that names an organization which lives
     * elsewhere.
     * @param read the request's body
     * @return false if it lives here, or nowhere
     * @throws dev.triggers.web.ProblemException if the answer is a problem
     */
    boolean answeredElsewhere(UUID organizationId, HttpServletRequest request, HttpServletResponse response,
            byte[] read) throws IOException;

}
