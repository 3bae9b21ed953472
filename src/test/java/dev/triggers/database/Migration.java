package dev.triggers.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A migration as it lies in its folder.
 *
 * @param version its number
 * @param needs the migration that an instance has to know at least once this one was run;
 * 0: whatever the version before knows
 * @param statements what it runs: lower case, one space for any white, and without
 * comments
 */
record Migration(int version, int needs, List<String> statements) {

    private static final Pattern NAME = Pattern.compile("V(\\d+)__(?:needs_(\\d+)_)?\\w+\\.sql");

    /** What no semicolon ends: comments, words in quotes, bodies. */
    private static final Pattern PIECE = Pattern.compile("--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"[^\"]*\""
            + "|(\\$\\w*\\$).*?\\1|\\bbegin atomic\\b.*?\\bend\\b(?=\\s*;)|;|[^-/'\"$;b]+|.", Pattern.DOTALL);

    static Migration of(String name, String sql) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException(name + " is no name of a migration");
        }
        return new Migration(Integer.parseInt(parts.group(1)),
                (parts.group(2) != null) ? Integer.parseInt(parts.group(2)) : 0, statements(sql));
    }

    private static List<String> statements(String sql) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (Matcher piece = PIECE.matcher(sql + ";"); piece.find();) {
            String text = piece.group();
            if (text.equals(";")) {
                statements.add(statement.toString().strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT));
                statement.setLength(0);
            }
            else if (!text.startsWith("--") && !text.startsWith("/*")) {
                statement.append(text);
            }
        }
        statements.removeIf(String::isEmpty);
        return List.copyOf(statements);
    }

}
