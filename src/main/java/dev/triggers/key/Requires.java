package dev.triggers.key;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which scopes a key needs to call an operation: checked before the operation runs, and
 * named in the description of the API. Every operation that takes a key declares this,
 * every other one {@link Keyless}; a test holds it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Requires {

    /** The scopes, all of which are needed; none: any key will do. */
    Scope[] value();

    /**
     * Whether keys that are held to types or endpoints may call it too. The operation
     * then keeps to {@link Caller#types()} and {@link Caller#endpoints()} itself.
     */
    boolean restricted() default false;

    /**
     * Whether it is open to suspended organizations although it is no GET: it reads, or
     * takes access away.
     */
    boolean suspended() default false;

}
