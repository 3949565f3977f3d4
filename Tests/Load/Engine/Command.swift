/// A command line that has been understood.
enum Command {
    case help(HelpTopic)
    case run(LoadPlan, Output)
    case ratio(RatioPlan, Output)

    /// How the result is shown and judged.
    struct Output: Equatable {
        var isJSON = false
        var allowsErrors = false

        mutating func take(_ option: String) -> Bool {
            switch option {
            case "--json": isJSON = true
            case "--allow-errors": allowsErrors = true
            default: return false
            }
            return true
        }
    }

    /// - Parameter arguments: without the program's name.
    init(_ arguments: [String]) throws(LoadFailure) {
        var reader = ArgumentReader(arguments)
        switch try reader.next() {
        case .option("--help"), .option("-h"): self = .help(.overview)
        case .option(let option):
            throw .usage("a mode comes before \(option): closed, open or ratio")
        case .word("closed"): self = try Self.run(&reader, .closed)
        case .word("open"): self = try Self.run(&reader, .open)
        case .word("ratio"): self = try RatioOptions.parse(&reader)
        case .word("help"): self = .help(.overview)
        case .word(let word): throw .usage("unknown mode \(word): closed, open or ratio")
        case nil: throw .usage("a mode is missing: closed, open or ratio")
        }
    }

    private static func run(
        _ reader: inout ArgumentReader, _ topic: HelpTopic
    ) throws(LoadFailure) -> Command {
        var request = RequestOptions()
        var output = Output()
        var urls: [String] = []
        var watched: [WatchedProcess] = []
        while let argument = try reader.next() {
            switch argument {
            case .word(let url): urls.append(url)
            case .option("--help"), .option("-h"): return .help(topic)
            case .option("--pid"):
                watched.append(try WatchedProcess(reader.value(), withChildren: false))
            case .option("--pid-tree"):
                watched.append(try WatchedProcess(reader.value(), withChildren: true))
            case .option(let option):
                if output.take(option) { continue }
                guard try request.take(option, from: &reader) else {
                    throw .unknown(option, topic)
                }
            }
        }
        guard request.isOpen == (topic == .open) else {
            throw .usage(
                topic == .open
                    ? "load open needs --rate, the requests per second"
                    : "--rate is for load open; closed mode has no rate")
        }
        return .run(try request.plan(urls: urls, watched: watched), output)
    }
}

extension LoadFailure {
    static func unknown(_ option: String, _ topic: HelpTopic) -> LoadFailure {
        .usage("unknown option \(option); load \(topic.rawValue) --help lists them")
    }
}

extension WatchedProcess {
    /// `name=PID`, or a bare number, which is then its own name.
    init(_ text: String, withChildren: Bool) throws(LoadFailure) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let digits = parts.last, let number = ASCIIText.decimal(digits.utf8),
            let pid = Int32(exactly: number), pid > 0, !parts[0].isEmpty
        else { throw .usage("--pid \(text): must look like name=PID") }
        name = String(parts[0])
        self.pid = pid
        self.withChildren = withChildren
    }
}
