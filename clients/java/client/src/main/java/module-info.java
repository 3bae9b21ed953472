/** Posts events to a Triggers API service, consumes and follows them, and checks its deliveries. */
module dev.triggers.client {

    requires transitive java.net.http;

    exports dev.triggers.client;
    exports dev.triggers.client.model;

}
