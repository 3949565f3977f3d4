import Host
import Records
import TopicsService

@main struct TopicsMain {
    static func main() async {
        await Host.run("topics", port: 8102) { host in
            let store = try host.store("topics", Topics.schema)
            host.authenticator = host.authenticator(knowing: CardDirectory(store))
            let topics = Topics(store: store, access: host.access)
            let audit = DriftAudit(topics)
            host.every(seconds: 10, "the audit of counts") { _ in try await audit.step() }
            host.every(seconds: 1, "the upkeep of threads") { _ in try await topics.upkeep() }
            host.count("projection_drift_total", "Topics whose counts were wrong.") {
                audit.drifted
            }
            return [topics]
        }
    }
}
