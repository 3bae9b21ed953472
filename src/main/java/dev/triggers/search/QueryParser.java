package dev.triggers.search;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.web.PathId;
import dev.triggers.web.PointInTime;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was typed into the box: terms between spaces, each a word, or a name, a
 * colon and a value; quotes keep spaces and colons together, and a minus negates.
 */
final class QueryParser {

    static final String KNOWN = "type, status, endpoint, code, error, dedup, id, since, until, attempts, payload.…";

    private static final int LONGEST = 2_048;

    private static final int MOST_TERMS = 20;

    private static final int DEEPEST = 16;

    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

    private static final Pattern STATUS = Pattern.compile("([1-9])(?:xx|[0-9]{2})");

    private static final Pattern COUNT = Pattern.compile("(>=|<=|>|<|)([0-9]{1,6})");

    private static final Pattern STEP = Pattern.compile("\\[\\]|\\.([^.\\[\\]]+)");

    private final String text;

    private final Instant now;

    private final List<Clause> clauses = new ArrayList<>();

    private @Nullable Instant since;

    private @Nullable Instant until;

    private int at;

    private QueryParser(String text, Instant now) {
        this.text = text;
        this.now = now;
    }

    /**
     * Reads a query.
     * @throws ProblemException 400 that names the term
     */
    static SearchQuery parse(@Nullable String text, Instant now) {
        if (text == null || text.isBlank()) {
            throw bad("must have a term, one of " + KNOWN + " with a value, or a word");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw bad("must be at most " + LONGEST + " bytes");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw bad("must not contain control characters");
        }
        QueryParser parser = new QueryParser(text, now);
        parser.read();
        return new SearchQuery(List.copyOf(parser.clauses), parser.since, parser.until);
    }

    private void read() {
        int terms = 0;
        for (skipSpace(); this.at < this.text.length(); skipSpace()) {
            if (++terms > MOST_TERMS) {
                throw bad("must have at most " + MOST_TERMS + " terms");
            }
            boolean negated = this.text.charAt(this.at) == '-';
            this.at += negated ? 1 : 0;
            readTerm(negated);
        }
    }

    private void skipSpace() {
        while (this.at < this.text.length() && Character.isWhitespace(this.text.charAt(this.at))) {
            this.at++;
        }
    }

    private void readTerm(boolean negated) {
        int from = this.at;
        while (this.at < this.text.length() && !Character.isWhitespace(this.text.charAt(this.at))
                && this.text.charAt(this.at) != ':' && this.text.charAt(this.at) != '"') {
            this.at++;
        }
        boolean named = this.at < this.text.length() && this.text.charAt(this.at) == ':' && this.at > from;
        if (named) {
            String name = this.text.substring(from, this.at++);
            Value value = readValue();
            if (value.text.isEmpty()) {
                throw bad(name + ": needs a value");
            }
            add(name, value, negated);
            return;
        }
        this.at = from;
        Value word = readValue();
        if (word.text.isEmpty()) {
            throw bad("has a term without a word");
        }
        this.clauses.add(new Clause(new Term.Word(word.text), negated));
    }

    private Value readValue() {
        if (this.at < this.text.length() && this.text.charAt(this.at) == '"') {
            this.at++;
            return readQuoted();
        }
        int from = this.at;
        while (this.at < this.text.length() && !Character.isWhitespace(this.text.charAt(this.at))) {
            this.at++;
        }
        return new Value(this.text.substring(from, this.at), false);
    }

    private Value readQuoted() {
        StringBuilder value = new StringBuilder();
        while (this.at < this.text.length()) {
            char c = this.text.charAt(this.at++);
            if (c == '"') {
                if (this.at < this.text.length() && !Character.isWhitespace(this.text.charAt(this.at))) {
                    throw bad("must have a space behind a closing quote");
                }
                return new Value(value.toString(), true);
            }
            if (c == '\\' && this.at < this.text.length()) {
                c = this.text.charAt(this.at++);
            }
            value.append(c);
        }
        throw bad("has a quote that is not closed");
    }

    private void add(String name, Value value, boolean negated) {
        if (name.equals("since") || name.equals("until")) {
            if (negated) {
                throw bad(name + ": can't be negated");
            }
            addTime(name, value.text);
            return;
        }
        this.clauses.add(new Clause(term(name, value), negated));
    }

    private void addTime(String name, String value) {
        Instant time = time(name, value);
        if (name.equals("since")) {
            this.since = (this.since != null && this.since.isAfter(time)) ? this.since : time;
        }
        else {
            this.until = (this.until != null && this.until.isBefore(time)) ? this.until : time;
        }
    }

    private Instant time(String name, String value) {
        Matcher ago = AGO.matcher(value);
        if (!ago.matches()) {
            return named(name, () -> PointInTime.parse("q", value));
        }
        long count = Long.parseLong(ago.group(1));
        Instant time = this.now.minus(switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        });
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    }

    private static Term term(String name, Value value) {
        return switch (name) {
            case "type" -> new Term.Type(named(name, () -> TypeFilter.parse(value.text)));
            case "status" -> new Term.Status(status(value.text));
            case "endpoint" -> new Term.Endpoint(named(name, () -> PathId.parse("q", value.text)));
            case "code" -> code(value.text);
            case "error" -> new Term.ErrorCode(value.text);
            case "dedup" -> new Term.Dedup(value.text);
            case "id" -> new Term.Id(named(name, () -> PathId.parse("q", value.text)));
            case "attempts" -> attempts(value.text);
            default -> payload(name, value);
        };
    }

    private static String status(String value) {
        return switch (value) {
            case "pending", "retrying", "delivered", "failed" -> value;
            case "acknowledged" -> "delivered";
            case "dead_letter" -> "failed";
            default -> throw bad("status: must be pending, retrying, delivered, acknowledged, failed or dead_letter");
        };
    }

    private static Term code(String value) {
        String code = value.toLowerCase(Locale.ROOT);
        if (!STATUS.matcher(code).matches()) {
            throw bad("code: must be a status like 503, or a class of them like 5xx");
        }
        int hundreds = (code.charAt(0) - '0') * 100;
        return code.endsWith("xx") ? new Term.Code(hundreds, hundreds + 99)
                : new Term.Code(Integer.parseInt(code), Integer.parseInt(code));
    }

    private static Term attempts(String value) {
        Matcher matcher = COUNT.matcher(value);
        if (!matcher.matches()) {
            throw bad("attempts: must be a number, also behind >, >=, < or <=");
        }
        int count = Integer.parseInt(matcher.group(2));
        return switch (matcher.group(1)) {
            case ">" -> new Term.Attempts(count + 1, Integer.MAX_VALUE);
            case ">=" -> new Term.Attempts(count, Integer.MAX_VALUE);
            case "<" -> new Term.Attempts(0, count - 1);
            case "<=" -> new Term.Attempts(0, count);
            default -> new Term.Attempts(count, count);
        };
    }

    private static Term payload(String name, Value value) {
        if (!name.startsWith("payload.") && !name.startsWith("payload[")) {
            throw bad("has an unknown term " + name + ": known are " + KNOWN
                    + "; a word with a colon in it must be in quotes");
        }
        List<@Nullable String> path = new ArrayList<>();
        Matcher step = STEP.matcher(name);
        int from = "payload".length();
        while (from < name.length() && step.find(from) && step.start() == from) {
            path.add(step.group(1));
            from = step.end();
        }
        if (from < name.length()) {
            throw bad(name + ": must be a path like payload.user.id or payload.tags[]");
        }
        if (path.size() > DEEPEST) {
            throw bad(name + ": must be at most " + DEEPEST + " deep");
        }
        return new Term.Member(Arrays.asList(path.toArray(String[]::new)), Term.Value.of(value.text, value.quoted));
    }

    /** A problem of a value as one of its term. */
    private static <T extends @Nullable Object> T named(String name, Supplier<T> parse) {
        try {
            return parse.get();
        }
        catch (ProblemException ex) {
            throw bad(name + ": " + ex.errors().getFirst().message());
        }
    }

    private static ProblemException bad(String message) {
        return ProblemException.invalid("q", message);
    }

    private record Value(String text, boolean quoted) {

    }

}
