package import Outbox
package import Records

extension Messages {
    /// The service as it runs in `host`, with its chores. Users and threads that it has not heard
    /// of are asked for at these feeds, wherever they are.
    package init(
        in host: some ServiceHost, users: any FeedSource, threads: any FeedSource
    ) throws {
        let messages = Messages(
            store: try host.store("messages", Messages.schema), users: users,
            probe: Messages.probe(threads))
        host.every(seconds: 2, "the chores of posts") { _ in
            while try await messages.continueChores() {}
        }
        self = messages
    }
}
