package dev.triggers.trace;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * Records spans and hands them on. There is none where traces go nowhere: who could use
 * it asks for it, and finds null.
 */
public interface Tracing {

    /**
     * A request of a client begins.
     * @param method its method
     * @param path its path
     * @param client the client's span; null if it tells of none
     */
    RequestSpan request(String method, String path, @Nullable TraceContext client);

    /**
     * Events of a request begin to be read and held against the rules.
     * @param request the request whose events they are
     * @param events how many
     */
    StepSpan validation(TraceContext request, int events);

    /**
     * Events of several requests begin to be stored together.
     * @param requests the requests whose events they are
     * @param events how many
     */
    StepSpan commit(Collection<TraceContext> requests, int events);

    /**
     * An attempt begins.
     */
    AttemptSpan attempt(Lineage lineage, AttemptTarget target);

    /**
     * A client's request.
     */
    interface RequestSpan {

        /** The context for what follows from the request; null if nothing is to know. */
        @Nullable TraceContext context();

        /**
         * The request is answered.
         * @param status the answer's status
         * @param route the path's pattern; null if it has none
         */
        void end(int status, @Nullable String route);

    }

    /**
     * A step of events on their way in.
     */
    interface StepSpan {

        /**
         * It is over.
         * @param passed how many events have come through it
         */
        void end(int passed);

    }

}
