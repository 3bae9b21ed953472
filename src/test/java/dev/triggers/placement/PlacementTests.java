package dev.triggers.placement;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.triggers.cell.Pair;
import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.Instance;
import dev.triggers.support.Operator;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Organizations are made in the cells where they are to live, whichever is asked, and one
 * of each external id.
 */
class PlacementTests {

    private static final String TOKEN = "operators-token";

    private static final Set<String> BOTH = Set.of("07", "08");

    private static Pair cells;

    private static Operator seven;

    private static Operator eight;

    @BeforeAll
    static void start() {
        cells = Pair.alone(Map.of("CELL_WEIGHTS", "", "ADMIN_TOKEN", TOKEN, "REGISTRATION", "default_tier"));
        seven = new Operator(cells.seven(), TOKEN);
        eight = new Operator(cells.eight(), TOKEN);
        // Each tells the other what it has
        for (String authority : BOTH) {
            String first = externalId(authority);
            await().until(() -> seven.post("/organizations", named(first)).status() < 300);
        }
    }

    @AfterAll
    static void stop() {
        cells.close();
    }

    private static String named(String externalId) {
        return "{'name':'Acme','tier':'enterprise','external_id':'" + externalId + "'}";
    }

    /** An external id that nobody has, and that one cell is asked for. */
    private static String externalId(String authority) {
        return IntStream.iterate(0, (n) -> n + 1)
            .mapToObj((n) -> UUID.randomUUID().toString())
            .filter((id) -> ExternalIds.authority(id, BOTH).equals(authority))
            .findFirst()
            .orElseThrow();
    }

    private static int organizations(Instance cell) {
        return cell.bean(JdbcClient.class).sql("select count(*)::int from organizations").query(Integer.class).single();
    }

    @Test
    void organizationsAreSpreadOverTheCells() {
        Map<String, Integer> made = new TreeMap<>(Map.of("07", 0, "08", 0));
        for (int n = 0; n < 20; n++) {
            Reply reply = ((n % 3 == 0) ? eight : seven).post("/organizations", "{'name':'Spread','tier':'free'}");
            assertThat(reply.status()).as("%s", reply).isEqualTo(201);
            made.merge(reply.text("cell"), 1, Integer::sum);
        }
        assertThat(made.values()).allSatisfy((count) -> assertThat(count).isBetween(2, 18));
        assertThat(Math.abs(organizations(cells.sevenItself()) - organizations(cells.eightItself())))
            .isLessThanOrEqualTo(6);
    }

    @Test
    void whoRegistersGetsAKeyOfTheCellThatTheOrganizationIsIn() {
        Map<String, Integer> made = new TreeMap<>();
        for (int n = 0; n < 8; n++) {
            Reply reply = cells.seven().post("/api/keys/generate", null, "{\"organization_name\":\"Acme\"}");
            assertThat(reply.status()).as("%s", reply).isEqualTo(201);
            String key = reply.text("api_key");
            made.merge(key.substring(9, 11), 1, Integer::sum);
            assertThat(cells.seven().get("/api/keys", key).text("organization_id"))
                .isEqualTo(reply.text("organization_id"));
        }
        assertThat(made.keySet()).isEqualTo(BOTH);
    }

    @Test
    void whatIsInvalidIsSaidWithoutAskingAnyOther() {
        assertThat(seven.post("/organizations", "{'tier':'enterprise'}").status()).isEqualTo(400);
        assertThat(new Operator(cells.seven(), "wrong").post("/organizations", named("x")).status()).isEqualTo(401);
        Reply tier = cells.seven()
            .post("/api/keys/generate", null, "{\"organization_name\":\"Acme\",\"tier\":\"enterprise\"}");
        assertThat(tier.text("code")).isEqualTo("tier_not_allowed");
    }

    @Test
    void sharesAreKeptToAndNameCellsThatThereAre() {
        try (Instance drained = cells.start("07", "proxy",
                Map.of("CELL_WEIGHTS", "08=1,07=0", "ADMIN_TOKEN", TOKEN, "REGISTRATION", "default_tier"))) {
            Operator operator = new Operator(drained.api(), TOKEN);
            for (int n = 0; n < 5; n++) {
                Reply made = operator.post("/organizations", "{'name':'Elsewhere','tier':'free'}");
                assertThat(made.status()).as("%s", made).isEqualTo(201);
                assertThat(made.text("cell")).isEqualTo("08");
            }
        }
        assertThatThrownBy(() -> cells.start("07", "proxy", Map.of("CELL_WEIGHTS", "05=1")))
            .hasRootCauseMessage("CELL_WEIGHTS names cell 05, which CELLS does not");
    }

    @Test
    void ofAnExternalIdThereIsOneWhicheverCellIsAsked() {
        for (String authority : BOTH) {
            String externalId = externalId(authority);
            List<Operator> asked = List.of(seven, eight, seven, eight, seven, eight);
            List<Reply> replies = Concurrently.call(asked.size(),
                    (n) -> asked.get(n).post("/organizations", named(externalId)));
            assertThat(replies).allSatisfy((reply) -> {
                assertThat(reply.status()).as("%s", reply).isIn(200, 201);
                assertThat(reply.text("cell")).isEqualTo(authority);
            });
            assertThat(replies.stream().map((reply) -> reply.text("id")).distinct()).hasSize(1);
            assertThat(replies.stream().filter((reply) -> reply.status() == 201)).hasSize(1);
        }
    }

    @Test
    void whatWasMadeBeforeThereWasTheOtherCellIsFoundWhereItIs() {
        String externalId = externalId("08");
        insert(cells.sevenItself(), externalId);
        await().until(() -> cells.eightItself()
            .bean(JdbcClient.class)
            .sql("select exists (select from organization_places where external_id = :id and cell = '07')")
            .param("id", externalId)
            .query(Boolean.class)
            .single());
        for (Operator operator : List.of(eight, seven)) {
            Reply reply = operator.post("/organizations", named(externalId));
            assertThat(reply.status()).as("%s", reply).isEqualTo(200);
            assertThat(reply.text("name")).isEqualTo("From before");
            assertThat(reply.text("cell")).isEqualTo("07");
        }
    }

    @Test
    void whatWasErasedIsForgottenWhereItWasNoted() {
        String externalId = externalId("08");
        JdbcClient noted = cells.eightItself().bean(JdbcClient.class);
        noted.sql("insert into organization_places values (:id, '07')").param("id", externalId).update();
        PlaceTelling telling = cells.eightItself().bean(PlaceTelling.class);
        telling.forget();
        // Whoever comes now is still asked for there
        assertThat(seven.post("/organizations", named(externalId)).text("cell")).isEqualTo("08");
        noted.sql("update organization_places set gone_at = gone_at - interval '2 hours' where external_id = :id")
            .param("id", externalId)
            .update();
        telling.forget();
        assertThat(noted.sql("select count(*) from organization_places where external_id = :id")
            .param("id", externalId)
            .query(Integer.class)
            .single()).isZero();
    }

    @Test
    void whatWasMadeAgainAfterItWasErasedIsFoundThere() {
        String externalId = externalId("08");
        JdbcClient noted = cells.eightItself().bean(JdbcClient.class);
        noted.sql("insert into organization_places values (:id, '07', now())").param("id", externalId).update();
        insert(cells.sevenItself(), externalId);
        Reply reply = eight.post("/organizations", named(externalId));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(reply.text("cell")).isEqualTo("07");
        assertThat(noted.sql("select gone_at is null from organization_places where external_id = :id")
            .param("id", externalId)
            .query(Boolean.class)
            .single()).isTrue();
    }

    /** As it is after a restore of 08. */
    @Test
    void whatACellKnowsNoMoreIsToldAgain() {
        JdbcClient restored = cells.eightItself().bean(JdbcClient.class);
        restored.sql("delete from told_places").update();
        restored.sql("delete from organization_places").update();
        String externalId = externalId("08");
        insert(cells.sevenItself(), externalId);
        PlaceTelling telling = cells.sevenItself().bean(PlaceTelling.class);
        telling.tell();
        telling.tell();
        assertThat(restored.sql("select complete from told_places where cell = '07'").query(Boolean.class).single())
            .isTrue();
        assertThat(eight.post("/organizations", named(externalId)).text("cell")).isEqualTo("07");
    }

    private static void insert(Instance cell, String externalId) {
        cell.bean(JdbcClient.class).sql("""
                insert into organizations (id, name, tier, external_id, created_at, updated_at)
                values (:id, 'From before', 'enterprise', :externalId, now(), now())
                """).param("id", Rows.newId()).param("externalId", externalId).update();
    }

    @Test
    void aCellThatIsAwayConcernsItsOwnAlone() {
        cells.toEight().cut();
        try {
            Reply its = seven.post("/organizations", named(externalId("08")));
            assertThat(its.status()).as("%s", its).isEqualTo(503);
            assertThat(its.text("code")).isEqualTo("cell_unavailable");
            assertThat(its.header("Retry-After")).isNotNull();
            String own = externalId("07");
            assertThat(seven.post("/organizations", named(own)).status()).isEqualTo(201);
            for (int n = 0; n < 6; n++) {
                Reply near = seven.post("/organizations", "{'name':'Near','tier':'free'}");
                assertThat(near.status()).as("%s", near).isEqualTo(201);
                assertThat(near.text("cell")).isEqualTo("07");
            }
        }
        finally {
            cells.toEight().repair();
        }
    }

    @Test
    void theOperatorNeedNotKnowWhichCellItIs() {
        for (String cell : BOTH) {
            Reply made = seven.post("/organizations", named(externalId(cell)));
            String id = made.text("id");
            for (Operator operator : List.of(seven, eight)) {
                assertThat(operator.get("/organizations/" + id).text("cell")).isEqualTo(cell);
                assertThat(operator.patch("/organizations/" + id, "{'name':'" + cell + "'}").status()).isEqualTo(200);
                assertThat(operator.key(id)).startsWith("zap_live_" + cell);
                assertThat(operator.post("/organizations/" + id + "/portal-sessions", "{}").text("token"))
                    .startsWith("zap_link_" + cell);
            }
            Operator other = cell.equals("07") ? eight : seven;
            Reply erased = other.post("/erasures", "{'organization_id':'" + id + "','confirm_name':'" + cell + "'}");
            assertThat(erased.status()).as("%s", erased).isEqualTo(202);
            for (Operator operator : List.of(seven, eight)) {
                assertThat(operator.get("/erasures/" + erased.text("id")).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void whatNoCellHasIsNotFoundAndWhatOneMayHaveIsNotDenied() {
        String unknown = "/organizations/" + Rows.newId();
        String itsOwn = "/organizations/" + seven.post("/organizations", named(externalId("08"))).text("id");
        assertThat(seven.get(unknown).status()).isEqualTo(404);
        assertThat(seven.get("/organizations/nonsense").status()).isEqualTo(400);
        cells.toEight().cut();
        try {
            assertThat(seven.get(unknown).text("code")).isEqualTo("cell_unavailable");
            assertThat(seven.get(itsOwn).text("code")).isEqualTo("cell_unavailable");
        }
        finally {
            cells.toEight().repair();
        }
    }

    @Test
    void theOperatorsListsHoldWhatAllCellsHave() {
        String tag = UUID.randomUUID().toString();
        List<String> made = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            String body = "{'name':'" + tag + "','tier':'free','external_id':'" + externalId((n % 2 == 0) ? "07" : "08")
                    + "'}";
            made.addFirst(seven.post("/organizations", body).text("id"));
        }
        for (Operator operator : List.of(seven, eight)) {
            assertThat(read(operator, "/organizations?q=" + tag, "organizations")).isEqualTo(made);
            assertThat(operator.get("/organizations?q=" + tag).at("/unreachable_cells").isEmpty()).isTrue();
            assertThat(
                    read(operator, "/audit?action=organization.created&organization_id=" + made.getFirst(), "entries"))
                .hasSize(1);
        }
        cells.toEight().cut();
        try {
            Reply part = seven.get("/organizations?q=" + tag);
            assertThat(part.text("/unreachable_cells/0")).isEqualTo("08");
            assertThat(part.at("/organizations").size()).isEqualTo(4);
        }
        finally {
            cells.toEight().repair();
        }
    }

    /** The ids of all, two a page. */
    private static List<String> read(Operator operator, String path, String member) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = operator.get(path + "&limit=2" + cursor);
            assertThat(page.status()).as("%s", page).isEqualTo(200);
            page.at("/" + member).forEach((item) -> ids.add(item.get("id").stringValue()));
            cursor = page.at("/has_more").booleanValue() ? "&cursor=" + page.text("next_cursor") : "";
        }
        while (!cursor.isEmpty());
        return ids;
    }

    @Test
    void nobodyChoosesACellByClaimingToBeOne() {
        Api api = cells.seven();
        Reply made = api.send(api.request("/api/admin/organizations", null)
            .header("X-Admin-Token", TOKEN)
            .header("X-Cell-From", "08")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(named(externalId("08")).replace('\'', '"'))));
        assertThat(made.text("cell")).isEqualTo("08");
    }

    @Test
    void pathsThatAreNoneStayNotFound() {
        for (Operator operator : List.of(seven, eight)) {
            assertThat(operator.get("/organizations/" + Rows.newId() + "/nothing").status()).isEqualTo(404);
            assertThat(operator.get("/nothing").status()).isEqualTo(404);
        }
    }

    @Test
    void whatCellsAskEachOtherIsForNobodyElse() {
        for (String path : List.of("/cells/organizations/count", "/cells/organizations/known",
                "/cells/organizations/has", "/cells/organizations/missing", "/cells/places/find", "/cells/places/told",
                "/cells/places")) {
            Api api = cells.seven();
            assertThat(api.post(path, null, "{\"external_id\":\"x\"}").status()).as(path).isEqualTo(401);
            Reply forged = api.send(api.request(path, null)
                .header("X-Cell-Code", "0".repeat(64))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
            assertThat(forged.status()).as(path).isEqualTo(401);
        }
    }

}
