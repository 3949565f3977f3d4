/// The command line of `load ratio`.
enum RatioOptions {
    /// What is said about one of the servers.
    private struct SideOptions {
        var name: String
        var urls: [String] = []
        var watched: [WatchedProcess] = []

        mutating func take(
            _ option: some StringProtocol, from reader: inout ArgumentReader
        ) throws(LoadFailure) -> Bool {
            switch option {
            case "": urls.append(try reader.value())
            case "-name": name = try reader.value()
            case "-pid": watched.append(try WatchedProcess(reader.value(), withChildren: false))
            case "-pid-tree": watched.append(try WatchedProcess(reader.value(), withChildren: true))
            default: return false
            }
            return true
        }

        func side(_ request: RequestOptions) throws(LoadFailure) -> RatioPlan.Side {
            RatioPlan.Side(name: name, plan: try request.plan(urls: urls, watched: watched))
        }
    }

    static func parse(_ reader: inout ArgumentReader) throws(LoadFailure) -> Command {
        var request = RequestOptions()
        var output = Command.Output()
        var rounds = LoadLimits.roundsDefault
        var sides = ["--a": SideOptions(name: "A"), "--b": SideOptions(name: "B")]
        sides["--baseline"] = SideOptions(name: "baseline")
        while let argument = try reader.next() {
            guard case .option(let option) = argument else {
                throw .usage("the servers of load ratio are named by --a URL and --b URL")
            }
            if option == "--help" || option == "-h" { return .help(.ratio) }
            if option == "--rounds" {
                rounds = try reader.integer(1...LoadLimits.roundsMax)
                continue
            }
            if output.take(option) { continue }
            if try request.take(option, from: &reader) { continue }
            guard let key = sides.keys.first(where: { Self.names(option, $0) }),
                try sides[key]?.take(option.dropFirst(key.count), from: &reader) == true
            else { throw .unknown(option, .ratio) }
        }
        guard let first = sides["--a"], let second = sides["--b"], !first.urls.isEmpty,
            !second.urls.isEmpty
        else { throw .usage("load ratio needs --a URL and --b URL") }
        guard first.name != second.name else { throw .usage("A and B need different names") }
        let baseline = sides["--baseline"].flatMap { $0.urls.isEmpty ? nil : $0 }
        return .ratio(
            RatioPlan(
                rounds: rounds, first: try first.side(request), second: try second.side(request),
                baseline: try baseline.map { side throws(LoadFailure) in try side.side(request) }),
            output)
    }

    /// `--a` and `--a-pid` are about `--a`; `--allow-errors` is not.
    private static func names(_ option: String, _ key: String) -> Bool {
        option == key || option.hasPrefix(key + "-")
    }
}
