package import Outbox
package import Records

extension Messages {
    /// The service as it runs in `host`, with its chores. A thread that it has not heard of is
    /// asked for at the feed of `threads`, wherever that is.
    package init(in host: some ServiceHost, threads: any FeedSource) throws {
        let messages = Messages(
            store: try host.store("messages", Messages.schema), probe: Messages.probe(threads))
        host.every(seconds: 2, "the chores of posts") { _ in
            while try await messages.continueChores() {}
        }
        self = messages
    }
}
