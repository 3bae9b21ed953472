package dev.triggers.placement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.Cells;
import dev.triggers.cell.Hop;
import dev.triggers.cell.OtherCell;
import dev.triggers.key.OfAllCells;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to the operator's lists what the other cells have. Those that cannot be asked are
 * named in the answer.
 */
@ControllerAdvice
class OperatorLists implements ResponseBodyAdvice<Object> {

    private static final Logger logger = LoggerFactory.getLogger(OperatorLists.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Executor THREADS = (task) -> Thread.ofVirtual().name("cell-question").start(task);

    private final Cells cells;

    private final CellMessages messages;

    private final JsonMapper json;

    OperatorLists(Cells cells, CellMessages messages, JsonMapper json) {
        this.cells = cells;
        this.messages = messages;
        this.json = json;
    }

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return !this.cells.others().isEmpty() && method.hasMethodAnnotation(OfAllCells.class);
    }

    @Override
    public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter method, MediaType type,
            Class<? extends HttpMessageConverter<?>> converter, ServerHttpRequest request,
            ServerHttpResponse response) {
        HttpServletRequest asked = ((ServletServerHttpRequest) request).getServletRequest();
        if (body == null || Hop.isMarked(asked)) {
            return body;
        }
        OfAllCells list = Objects.requireNonNull(method.getMethodAnnotation(OfAllCells.class));
        return merged(this.json.valueToTree(body), list, asked);
    }

    private ObjectNode merged(ObjectNode own, OfAllCells list, HttpServletRequest asked) {
        Map<OtherCell, CompletableFuture<List<JsonNode>>> answers = new LinkedHashMap<>();
        this.cells.others()
            .forEach((cell) -> answers.put(cell, CompletableFuture.supplyAsync(() -> ask(cell, asked), THREADS)));
        List<JsonNode> pages = new ArrayList<>();
        pages.add(own);
        List<String> unreachable = new ArrayList<>();
        answers.forEach((cell, answer) -> {
            pages.addAll(answer.join());
            if (answer.join().isEmpty()) {
                unreachable.add(cell.digits());
            }
        });
        int limit = QueryParameters.of(asked).clamped("limit", 100, 1, 1000);
        MergedPage page = MergedPage.of(pages, list.value(), list.id(), limit);
        own.putArray(list.value()).addAll(page.items());
        own.put("next_cursor", page.next().isEmpty() ? null : page.next());
        own.put("has_more", !page.next().isEmpty());
        unreachable.forEach(own.putArray("unreachable_cells")::add);
        return own;
    }

    /** Its page; none if it cannot be had. */
    private List<JsonNode> ask(OtherCell cell, HttpServletRequest asked) {
        try {
            return List.of(this.messages.repeat(cell, asked, PATIENCE));
        }
        catch (ProblemException ex) {
            logger.warn("A list for the operator lacks what cell {} has: {}", cell, ex.message());
            return List.of();
        }
    }

}
