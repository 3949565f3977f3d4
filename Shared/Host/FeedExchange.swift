import HTTP
import Identity
import Outbox
import Routing
import SQLite
import Telemetry

/// The feeds of a process's modules: those they serve, and those they follow.
///
/// A source in the same process is followed by calls, any other over HTTP. That is all the
/// difference there is between a monolith and its services.
struct FeedExchange: Sendable {
    /// What is to be routed: the modules, each with what it knows of the others, and their feeds.
    let modules: [any ServiceModule]
    private let feeds: [LocalFeed]
    private let projectors: [Projector]
    private let compactors: [Compactor]
    private let progresses: [(wire: String, progress: Progress)]

    /// `secret` guards the feeds; without it they are served to nobody. `neighbours` finds the
    /// services of other processes; nil: there are none.
    init(
        _ modules: [any ServiceModule], secret: Secret?, neighbours: Neighbours?, log: Log
    ) throws {
        let own = modules.compactMap { $0 as? any FeedModule }
        let local = Dictionary(uniqueKeysWithValues: own.map { ($0.wire, $0.feed) })
        var routed: [any ServiceModule] = []
        var projectors: [Projector] = []
        var progresses: [(wire: String, progress: Progress)] = []
        for module in modules {
            guard let module = module as? any FeedModule else {
                routed.append(module)
                continue
            }
            let sources = module.projections.map(\.source)
            let progress = try Progress(store: module.store, sources: sources)
            routed.append(FollowingModule(base: module, following: progress))
            progresses.append((module.wire, progress))
            for projection in module.projections {
                let feed =
                    local[projection.source]
                    ?? FeedExchange.remote(
                        projection.source, secret, neighbours)
                projectors.append(
                    Projector(
                        projection, store: module.store, feed: feed, progress: progress,
                        name: module.name))
            }
        }
        for module in own {
            routed.append(
                FeedRoutes(wire: module.wire, feed: module.feed) { token in
                    secret?.matches(token) ?? false
                })
        }
        self.modules = routed
        self.projectors = projectors
        self.progresses = progresses
        feeds = own.map(\.feed)
        compactors = own.map { module in
            Compactor(store: module.store) { error in
                log.warning(
                    "the outbox was not compacted",
                    ["service": "\(module.name)", "reason": "\(error)"])
            }
        }
    }

    /// The feed of `wire` in whatever process offers it.
    static func remote(
        _ wire: String, _ secret: Secret?, _ neighbours: Neighbours?
    ) -> any FeedSource {
        RemoteFeed(wire: wire, secret: secret?.text ?? "") {
            guard let neighbours else { throw Neighbours.Missing(wire: wire) }
            return try neighbours.transport(to: wire)
        }
    }

    /// Begins to follow, and returns once everything that can be heard has been caught up with; a
    /// source that cannot be reached is not waited for, nor is any for more than five seconds.
    func start() async {
        for projector in projectors { await projector.start() }
        for compactor in compactors { await compactor.start() }
        for (_, progress) in progresses { await progress.waitUntilSettled() }
    }

    /// Lets those who wait for news from here go.
    func drain() {
        for feed in feeds { feed.drain() }
    }

    /// Follows nobody any more; what was begun is finished.
    func stop() async {
        for projector in projectors { await projector.stop() }
        for compactor in compactors { await compactor.stop() }
    }

    /// What is known of every source that is followed.
    var figures: [(wire: String, figures: ProjectorFigures)] {
        progresses.flatMap { wire, progress in progress.figures.map { (wire, $0) } }
    }
}

/// A module with what it has followed, which the router asks for.
private struct FollowingModule: ServiceModule {
    let base: any FeedModule
    let following: Progress

    var name: String { base.name }
    var prefix: String { base.prefix }
    var routes: [Route] { base.routes }
    var progress: (any SourceProgress)? { following }
}
