package import Outbox
package import Records

extension Topics {
    /// The service as it runs in `host`, with the audit of its counts and its upkeep. Users that it
    /// has not heard of are asked for at the feed `users`, wherever that is.
    package init(in host: some ServiceHost, users: any FeedSource) throws {
        let topics = Topics(store: try host.store("topics", Topics.schema), users: users)
        let audit = DriftAudit(topics)
        host.every(seconds: 10, "the audit of topics' counts") { _ in try await audit.step() }
        host.every(seconds: 1, "the upkeep of threads") { _ in try await topics.upkeep() }
        host.every(seconds: 2, "the cards that threads miss") { _ in
            _ = try await topics.fetchCards()
        }
        host.count("projection_drift_total", "Rows whose counts were wrong.", of: "topics") {
            audit.drifted
        }
        self = topics
    }
}
