import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a vulnerability database that speaks OSV's API (POST /v1/querybatch) about the components of an SBOM in CycloneDX's
 * form. Exit code: 0 nothing is known of any, 1 something is, 2 not audited.
 */
final class Audit {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String DATABASE = System.getenv().getOrDefault("OSV_URL", "https://api.osv.dev");

    /** What one question may name. */
    private static final int MOST = 1000;

    private Audit() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            List<Query> components = components(Path.of(arguments[0]));
            int known = 0;
            for (int i = 0; i < components.size(); i += MOST) {
                known += audit(components.subList(i, Math.min(components.size(), i + MOST)));
            }
            System.out.printf("%d components audited against %s on %s: vulnerabilities known: %d%n", components.size(),
                    DATABASE, LocalDate.now(ZoneOffset.UTC), known);
            System.exit((known > 0) ? 1 : 0);
        }
        catch (IOException | JacksonException | IllegalArgumentException ex) {
            System.err.println("not audited: " + DATABASE + ": " + ex);
            System.exit(2);
        }
    }

    private static List<Query> components(Path sbom) throws IOException {
        List<Query> queries = new ArrayList<>();
        for (JsonNode component : JSON.readTree(Files.readString(sbom)).required("components")) {
            // Qualifiers, as the packaging, are no part of what is known by its name
            queries.add(new Query(component.required("purl").stringValue().replaceFirst("\\?.*", ""), null));
        }
        if (queries.isEmpty()) {
            throw new IllegalArgumentException(sbom + " names no component");
        }
        return queries;
    }

    /** An answer that is not whole names a page to go on from. */
    private static int audit(List<Query> queries) throws IOException, InterruptedException {
        int known = 0;
        List<Query> asked = queries;
        while (!asked.isEmpty()) {
            JsonNode results = ask(asked).required("results");
            if (results.size() != asked.size()) {
                throw new IOException("%d answers to %d questions".formatted(results.size(), asked.size()));
            }
            List<Query> more = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                String purl = asked.get(i).purl;
                for (JsonNode found : results.get(i).path("vulns")) {
                    System.out.println(purl + ": " + found.required("id").stringValue());
                    known++;
                }
                if (results.get(i).has("next_page_token")) {
                    more.add(new Query(purl, results.get(i).get("next_page_token").stringValue()));
                }
            }
            asked = more;
        }
        return known;
    }

    private static JsonNode ask(List<Query> queries) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of("queries", queries.stream().map(Query::asked).toList()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(DATABASE + "/v1/querybatch"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            return JSON.readTree(response.body());
        }
    }

    private record Query(String purl, String page) {

        Map<String, Object> asked() {
            Map<String, String> component = Map.of("purl", this.purl);
            return (this.page != null) ? Map.of("package", component, "page_token", this.page)
                    : Map.of("package", component);
        }

    }

}
