import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists the licence of each component of an SBOM in CycloneDX's form, one a line; fails where one has none.
 */
final class Licences {

    private Licences() {
    }

    public static void main(String[] arguments) throws IOException {
        List<String> lines = new ArrayList<>();
        for (JsonNode component : new JsonMapper().readTree(Files.readString(Path.of(arguments[0]))).required("components")) {
            List<String> licences = new ArrayList<>();
            for (JsonNode choice : component.path("licenses")) {
                JsonNode licence = choice.path("license");
                licences.add(choice.path("expression").asString(licence.path("id").asString(licence.path("name").asString(""))));
            }
            licences.removeIf(String::isBlank);
            String name = "%s %s".formatted(component.required("name").stringValue(), component.required("version").stringValue());
            if (licences.isEmpty()) {
                System.err.println(name + " names no licence");
                System.exit(1);
            }
            lines.add(name + ": " + String.join(" or ", licences));
        }
        lines.stream().sorted().forEach(System.out::println);
    }

}
