package dev.triggers.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What holds for a migration of a later release than the first. The rules read it, one
 * statement at a time, and know what the version before does with the schema only from
 * what any version may do.
 */
enum MigrationRule {

    /**
     * What the version before reads or writes stays as it is, unless the name says that
     * this version is no longer among those that work.
     */
    THE_VERSION_BEFORE_WORKS(MigrationRule::breaking),

    /** A name that ends earlier versions names a migration that was there before. */
    WHAT_IT_NEEDS_WAS_THERE(MigrationRule::needing),

    /** Nothing reads or writes a large table from end to end while others wait. */
    LARGE_TABLES_ARE_NOT_HELD(MigrationRule::holding),

    /** A lock that is not free at once is not waited for, with all others behind it. */
    LOCKS_ARE_NOT_WAITED_FOR(MigrationRule::waiting),

    /** What is not undone when it fails can be begun anew. */
    WHAT_FAILS_CAN_BEGIN_ANEW(MigrationRule::unrepeatable);

    /** They grow with what comes in. */
    private static final Set<String> LARGE = Set.of("events", "delivery_attempts", "event_acks", "event_deliveries",
            "dead_letters", "deduplication_cache", "leased_events", "inbox_leases", "redeliveries", "circuit_changes",
            "endpoint_statistics", "organization_statistics", "event_types", "audit");

    private static final Set<String> PARTITIONED = Set.of("events", "delivery_attempts", "event_acks", "audit");

    private static final String TABLE = "(?:if exists |if not exists |only )*\"?(\\w+)\"?";

    private static final Pattern CREATED = Pattern.compile("create (?:unlogged )?table " + TABLE + ".*");

    private static final Pattern ALTERED = Pattern.compile("alter table " + TABLE + " (.*)");

    private static final Pattern INDEXED = Pattern
        .compile("create (unique )?index (concurrently )?(?:if not exists )?(\\w+) on (only )?\"?(\\w+)\"?.*");

    private static final Pattern WRITTEN = Pattern
        .compile("(?:update|delete from|merge into) (?:only )?\"?(\\w+)\"?.*");

    private static final Pattern LOCKED = Pattern
        .compile("(?:lock|vacuum full|cluster|truncate) (?:table )?(?:only )?.*");

    private static final Pattern TIMED = Pattern.compile("set (local )?lock_timeout (?:=|to) '?\\d+ ?m?s'?");

    /** What is another value in each row, and so writes each of them. */
    private static final Pattern VOLATILE = Pattern.compile(
            "\\b(gen_random_uuid|random|clock_timestamp|nextval|uuidv7|statement_timestamp)\\(|\\bgenerated\\b|serial\\b");

    private final Function<Migration, List<String>> violations;

    MigrationRule(Function<Migration, List<String>> violations) {
        this.violations = violations;
    }

    /**
     * What a migration does against the rule, in words.
     */
    List<String> violations(Migration migration) {
        return this.violations.apply(migration);
    }

    private static Set<String> created(Migration migration) {
        return migration.statements()
            .stream()
            .map(CREATED::matcher)
            .filter(Matcher::matches)
            .map((table) -> table.group(1))
            .collect(Collectors.toSet());
    }

    private static List<String> breaking(Migration migration) {
        List<String> found = new ArrayList<>();
        Set<String> own = created(migration);
        for (String statement : migration.statements()) {
            Matcher altered = ALTERED.matcher(statement);
            Matcher indexed = INDEXED.matcher(statement);
            if (altered.matches() && !own.contains(altered.group(1))) {
                clauses(altered.group(2)).stream()
                    .filter(MigrationRule::breaks)
                    .forEach((clause) -> found.add(altered.group(1) + ": " + clause));
            }
            else if (indexed.matches() && indexed.group(1) != null && !own.contains(indexed.group(5))) {
                found.add("what the version before writes may not be unique: " + statement);
            }
            else if (drops(statement)) {
                found.add(statement);
            }
        }
        return (migration.needs() == 0) ? found : List.of();
    }

    private static boolean drops(String statement) {
        return statement.matches("(drop (?!index concurrently)|revoke |truncate |alter \\w+ .* rename ).*")
                || statement.matches("alter (type|domain|view|function|sequence) .*(rename|drop|set schema).*");
    }

    private static boolean breaks(String clause) {
        if (clause.matches("add (column )?(if not exists )?(?!constraint|check|foreign|unique|primary|exclude).*")) {
            return clause.contains("not null") && !clause.contains(" default ") && !clause.contains("generated ")
                    || clause.matches(".* (unique|primary key|references|check)\\b.*");
        }
        return clause
            .matches("(drop|rename|set schema|alter (column )?\\w+ (type|set data type|set not null|drop default"
                    + "|set generated)|add (constraint|check|foreign|unique|primary|exclude)|inherit|detach|disable|enable row).*");
    }

    private static List<String> needing(Migration migration) {
        boolean possible = migration.needs() < migration.version();
        return possible ? List.of() : List.of(migration.version() + " needs " + migration.needs());
    }

    private static List<String> holding(Migration migration) {
        List<String> found = new ArrayList<>();
        Set<String> own = created(migration);
        for (String statement : migration.statements()) {
            Matcher indexed = INDEXED.matcher(statement);
            Matcher altered = ALTERED.matcher(statement);
            Matcher written = WRITTEN.matcher(statement);
            if (indexed.matches()) {
                boolean aside = (indexed.group(2) != null && !PARTITIONED.contains(indexed.group(5)))
                        || indexed.group(4) != null;
                if (isLarge(indexed.group(5), own) && !aside) {
                    found.add(statement);
                }
            }
            else if (altered.matches() && isLarge(altered.group(1), own)) {
                clauses(altered.group(2)).stream()
                    .filter(MigrationRule::readsAll)
                    .forEach((clause) -> found.add(altered.group(1) + ": " + clause));
            }
            else if ((written.matches() && isLarge(written.group(1), own)) || LOCKED.matcher(statement).matches()) {
                found.add(statement);
            }
        }
        return found;
    }

    private static boolean isLarge(String table, Set<String> own) {
        return !own.contains(table) && LARGE.stream().anyMatch((large) -> table.matches(large + "(_\\d+)?"));
    }

    private static boolean readsAll(String clause) {
        return clause.matches("add (constraint|check|foreign|unique|primary|exclude)(?!.*not valid).*")
                || clause.matches("alter (column )?\\w+ (type|set data type|set not null).*")
                || clause
                    .matches("(set (logged|unlogged|tablespace|access method)|validate constraint|attach partition).*")
                || (clause.startsWith("add ") && VOLATILE.matcher(clause).find());
    }

    private static List<String> waiting(Migration migration) {
        Set<String> own = created(migration);
        List<String> found = new ArrayList<>();
        boolean timed = false;
        for (String statement : migration.statements()) {
            Matcher limit = TIMED.matcher(statement);
            Matcher altered = ALTERED.matcher(statement);
            Matcher indexed = INDEXED.matcher(statement);
            timed |= limit.matches();
            boolean locks = (altered.matches() && !own.contains(altered.group(1)))
                    || (indexed.matches() && !own.contains(indexed.group(5))) || statement.startsWith("drop ")
                    || statement.matches("create (or replace )?trigger .*");
            if (locks && !timed) {
                found.add("no lock_timeout before: " + statement);
            }
        }
        return found;
    }

    private static List<String> unrepeatable(Migration migration) {
        if (migration.statements().stream().noneMatch((statement) -> statement.contains(" concurrently "))) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        String dropped = "";
        for (String statement : migration.statements()) {
            Matcher drop = Pattern.compile("drop index concurrently if exists (\\w+)").matcher(statement);
            Matcher indexed = INDEXED.matcher(statement);
            boolean setting = statement.matches("(re)?set lock_timeout.*");
            if (drop.matches()) {
                dropped = drop.group(1);
            }
            else if (!setting && !(indexed.matches() && indexed.group(2) != null && indexed.group(3).equals(dropped))) {
                found.add("what is left of a first try is in the way: " + statement);
            }
        }
        return found;
    }

    /** The clauses of an {@code alter table}: commas within parentheses part none. */
    private static List<String> clauses(String all) {
        List<String> clauses = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            depth += (c == '(') ? 1 : (c == ')') ? -1 : 0;
            if (c == ',' && depth == 0) {
                clauses.add(all.substring(start, i).strip());
                start = i + 1;
            }
        }
        clauses.add(all.substring(start).strip());
        return clauses;
    }

}
