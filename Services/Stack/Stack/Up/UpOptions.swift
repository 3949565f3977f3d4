/// What `forum up` was asked for.
struct UpOptions: Equatable, Sendable {
    /// One process instead of four.
    var isMonolith = false
    /// Whether the forum is filled once it is healthy.
    var isSeeded = false
    /// Processes of each service; one where nothing is said.
    var replicas: [String: Int] = [:]
    /// The data folder.
    var data = ".forum"
    /// Where the entry listens; an IPv4 address.
    var address = "127.0.0.1"
    /// The entry's port; 0 for any free one.
    var port = 8080
    /// The gateway's operator port; 0 for any free one, nil for the one after `port`.
    var adminPort: Int?
    /// The folder with the programs.
    var programs = ""
    /// Where the entry's access log goes; nil for a file in the data folder.
    var accessLog: String?

    init() {}

    /// More processes of one service than cores or sense.
    static let replicasMax = 16
}
