package dev.triggers.placement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.triggers.cell.CellMessages;
import dev.triggers.cell.CellSurvey;
import dev.triggers.cell.Cells;
import dev.triggers.cell.Hop;
import dev.triggers.key.OfAllCells;
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

    private final Cells cells;

    private final CellSurvey survey;

    private final CellMessages messages;

    private final JsonMapper json;

    OperatorLists(Cells cells, CellSurvey survey, CellMessages messages, JsonMapper json) {
        this.cells = cells;
        this.survey = survey;
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
        List<String> unreachable = new ArrayList<>();
        List<JsonNode> pages = new ArrayList<>();
        pages.add(own);
        pages.addAll(this.survey
            .all(this.cells.others(), (cell) -> this.messages.repeat(cell, asked, PATIENCE), (cell, problem) -> {
                logger.warn("A list for the operator lacks what cell {} has: {}", cell, problem.message());
                unreachable.add(cell.digits());
            })
            .values());
        int limit = QueryParameters.of(asked).clamped("limit", 100, 1, 1000);
        MergedPage page = MergedPage.of(pages, list.value(), list.id(), limit);
        own.putArray(list.value()).addAll(page.items());
        own.put("next_cursor", page.next().isEmpty() ? null : page.next());
        own.put("has_more", !page.next().isEmpty());
        unreachable.forEach(own.putArray("unreachable_cells")::add);
        return own;
    }

}
