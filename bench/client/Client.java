import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Load generator and receiver in one process, so that the times of both are readings of one clock. It takes commands from
 * its input, one a line, and prints one line of JSON for each; it ends with its input.
 * <pre>
 * load NAME name=value...        sends a load (see Load, Requests); the answer comes when it has ended
 * streams NAME name=value...     opens streams (see Streams); the answer comes when they were stopped
 * stop NAME                      ends a load early, or streams
 * await NAME received=N seconds=S  waits until so many different events were received
 * match NAME                     compares what was accepted with what was received
 * clear NAME                     forgets both
 * </pre>
 */
final class Client {

    private final Ledger ledger = new Ledger();

    private final Receiver receiver = new Receiver(this.ledger);

    private final Map<String, Load> loads = new ConcurrentHashMap<>();

    private final Map<String, Streams> streams = new ConcurrentHashMap<>();

    private Client() throws Exception {
        Thread.ofPlatform().name("receiver").daemon().start(this.receiver);
    }

    public static void main(String[] args) throws Exception {
        Client client = new Client();
        print(new Json().put("name", "started").put("port", client.receiver.port()));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            List<String> words = List.of(line.strip().split(" "));
            client.accept(words.get(0), words.get(1), new Settings(words.subList(2, words.size())));
        }
        System.exit(0);
    }

    private void accept(String command, String name, Settings settings) throws Exception {
        switch (command) {
            case "load" -> {
                Load load = new Load(settings, this.ledger);
                this.loads.put(name, load);
                Thread.ofPlatform().name("load-" + name).start(() -> answer(name, load::run));
            }
            case "streams" -> {
                Streams opened = new Streams(settings, this.ledger);
                this.streams.put(name, opened);
                Thread.ofPlatform().name("streams-" + name).start(() -> answer(name, opened::run));
            }
            case "stop" -> {
                Load load = this.loads.get(name);
                if (load != null) {
                    load.stop();
                }
                Streams opened = this.streams.remove(name);
                if (opened != null) {
                    opened.stop();
                }
            }
            case "await" -> Thread.ofPlatform()
                .start(() -> answer(name,
                        () -> new Json().put("reached", this.ledger.await(settings.number("received", 0),
                                (long) (settings.decimal("seconds", 60) * 1_000)))));
            case "match" -> answer(name,
                    () -> this.ledger.match()
                        .put("requests", this.receiver.requests.get())
                        .put("others", this.receiver.others.get()));
            case "clear" -> answer(name, () -> {
                this.ledger.clear();
                this.receiver.requests.set(0);
                this.receiver.others.set(0);
                return new Json();
            });
            default -> throw new IllegalArgumentException(command);
        }
    }

    private void answer(String name, Work work) {
        Json json;
        try {
            json = work.run();
        }
        catch (Exception ex) {
            json = new Json().put("failure", ex.toString());
            ex.printStackTrace();
        }
        this.loads.remove(name);
        print(json.put("name", name));
    }

    private static void print(Json json) {
        synchronized (System.out) {
            System.out.println(json);
            System.out.flush();
        }
    }

    @FunctionalInterface
    private interface Work {

        Json run() throws Exception;

    }

}
