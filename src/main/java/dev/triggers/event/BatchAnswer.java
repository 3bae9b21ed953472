package dev.triggers.event;

import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a batch, as the API's description shows it; {@link EventAnswers} writes
 * it.
 */
record BatchAnswer(int accepted, int duplicates, int rejected, List<Result> results) {

    /**
     * What became of one event.
     */
    @Schema(name = "BatchResult")
    record Result(int index, @Schema(allowableValues = {
            "accepted", "duplicate", "rejected" }) String status, @Nullable UUID id, @Nullable String error){

    }

}
