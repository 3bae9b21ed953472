package dev.triggers.key;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A list for the operator, of which each cell has a part: the newest first, in the order
 * of ids, with a cursor that is the id before the next page.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OfAllCells {

    /** The member of an answer that holds the items. */
    String value();

    /** The member of an item that is its id. */
    String id() default "id";

}
