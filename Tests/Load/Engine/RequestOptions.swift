/// The options that say what is sent and how hard; every subcommand takes them.
struct RequestOptions {
    private var method: String?
    private var headers: [String] = []
    private var body: [UInt8]?
    private var connections: Int?
    private var threads = 1
    private var rate: Int?
    private var duration: Int?
    private var requests: Int?
    private var warmup = LoadLimits.warmupDefault
    private var timeout = LoadLimits.timeoutDefault
    private var expected = ExpectedStatuses.success
    private var seed: UInt64 = 1
    private var mayLeaveThisMachine = false

    /// Takes an option and its value; false when it is not one of these.
    mutating func take(
        _ option: String, from reader: inout ArgumentReader
    ) throws(LoadFailure) -> Bool {
        switch option {
        case "--method": method = try Self.method(reader.value())
        case "--header": headers.append(try Self.header(reader.value()))
        case "--body": body = Array(try reader.value().utf8)
        case "--body-file": body = try BodyFile.read(reader.value())
        case "--connections":
            connections = try reader.integer(1...LoadLimits.connectionsMax)
        case "--threads": threads = try reader.integer(1...LoadLimits.threadsMax)
        case "--rate": rate = try reader.integer(1...LoadLimits.rateMax)
        case "--duration": duration = try reader.duration(upTo: LoadLimits.durationMax)
        case "--requests": requests = try reader.integer(1...LoadLimits.requestsMax)
        case "--warmup": warmup = try reader.duration(upTo: LoadLimits.warmupMax)
        case "--timeout": timeout = try reader.duration(upTo: LoadLimits.timeoutMax)
        case "--expect": expected = try ExpectedStatuses(reader.value())
        case "--seed": seed = UInt64(try reader.integer(0...Int(Int32.max)))
        case "--i-own-this-host": mayLeaveThisMachine = true
        default: return false
        }
        return true
    }

    var isOpen: Bool { rate != nil }

    /// Checks what only shows when all options are known.
    func plan(urls: [String], watched: [WatchedProcess]) throws(LoadFailure) -> LoadPlan {
        var plan = LoadPlan(requests: try templates(urls))
        if let rate { plan.mode = .open(ratePerSecond: rate) }
        let usual =
            isOpen ? LoadLimits.openConnectionsDefault : LoadLimits.connectionsDefault
        plan.connections = connections ?? max(usual, threads)
        guard plan.connections >= threads else {
            throw .usage("--threads \(threads): each needs at least one of --connections")
        }
        plan.threads = threads
        let usualDuration =
            requests == nil ? LoadLimits.durationDefault : LoadLimits.countedDurationDefault
        plan.durationNanoseconds = duration ?? usualDuration
        guard plan.durationNanoseconds > 0 else { throw .usage("--duration must not be zero") }
        plan.requestsMax = requests
        plan.warmupNanoseconds = warmup
        plan.timeoutNanoseconds = timeout
        guard timeout > 0 else { throw .usage("--timeout must not be zero") }
        plan.expected = expected
        plan.seed = seed
        guard watched.count <= LoadLimits.watchedMax else {
            throw .usage("at most \(LoadLimits.watchedMax) processes can be watched")
        }
        plan.watched = watched
        return plan
    }

    private func templates(_ urls: [String]) throws(LoadFailure) -> [RequestTemplate] {
        guard !urls.isEmpty else { throw .usage("a URL is missing, like http://127.0.0.1:8080/") }
        guard urls.count <= LoadLimits.urlsMax else {
            throw .usage("at most \(LoadLimits.urlsMax) URLs")
        }
        guard headers.count <= LoadLimits.headersMax else {
            throw .usage("at most \(LoadLimits.headersMax) headers")
        }
        var templates: [RequestTemplate] = []
        for text in urls {
            let url = try TargetURL(text)
            guard url.endpoint.isLoopback || mayLeaveThisMachine else {
                throw .usage(
                    "\(text): load fires at this machine only; --i-own-this-host lifts that")
            }
            guard url.endpoint == templates.first?.url.endpoint ?? url.endpoint else {
                throw .usage("\(text): all URLs of a run must have the same host and port")
            }
            templates.append(
                try RequestTemplate(
                    method: method ?? (body == nil ? "GET" : "POST"), url: url, headers: headers,
                    body: body))
        }
        return templates
    }

    private static func method(_ text: String) throws(LoadFailure) -> String {
        guard ASCIIText.isToken(text) else { throw .usage("--method \(text): not a method") }
        return text
    }

    private static func header(_ text: String) throws(LoadFailure) -> String {
        let name = text.prefix { $0 != ":" }
        guard name.endIndex < text.endIndex, ASCIIText.isToken(String(name)),
            text.utf8.allSatisfy({ $0 >= ASCIIText.space || $0 == UInt8(ascii: "\t") })
        else { throw .usage("--header \(text): must look like 'Name: value'") }
        guard !["content-length", "transfer-encoding"].contains(name.lowercased()) else {
            throw .usage("--header \(text): load frames the body itself")
        }
        return text
    }
}
