import Launch

/// `forum import`: fills a running forum from a lab-shaped file of any size.
struct ImportCommand {
    static let command = Command(
        "forum import", "Fills a running forum from a file of users, threads and posts.",
        operands: "FILE.json", operandCount: 1...1,
        options: [
            Command.Option(
                "--to", "URL", "the forum, as http://HOST:PORT [the one running on the data folder]"
            ),
            Command.Option("--data", "DIR", "its data folder [$FORUM_DATA, else .forum]"),
        ],
        details: """
            FILE.json is one object with the arrays users, threads and posts, in any order; - reads
            standard input. It is read and sent piece by piece, so its size does not matter. Users
            and threads carry their ids; a post without an id is known by its place in the file, so
            a second run of the same file adds nothing.

            A record that is refused is reported with its array and index (from 0), its line in the
            file and the reason; the others go on. A file that is not JSON ends the import where it
            breaks; what came before stays.

            The admin secret is $FORUM_ADMIN_SECRET, or the one kept in the data folder.

            Exit codes: 0 every record is in the forum, 64 a mistake on the command line, 65 bad
            records or a broken file, 66 the file cannot be read, 69 the forum does not answer,
            77 the admin secret is wrong.
            """)

    private let path: String
    private let target: ForumTarget
    private let console: Console

    init(path: String, _ target: ForumTarget, _ console: Console) {
        self.path = path
        self.target = target
        self.console = console
    }

    /// Returns the exit code.
    func run() async -> Int32 {
        let progress = ImportProgress(console)
        do throws(ImportError) {
            let source = LabSource(try LabLines(path: path))
            try await Importer(target.transport, target.secret, progress).run(source)
            report(progress)
            return ImportReport(progress).failed > 0 ? Exit.data : 0
        } catch {
            console.complain("forum import: \(text(error))")
            report(progress)
            return ExitCode.of(error)
        }
    }

    private func report(_ progress: ImportProgress) {
        let report = ImportReport(progress)
        if progress.tallies.isEmpty { return }
        for line in report.table.lines { console.say(line) }
        console.say(report.summary)
    }

    private func text(_ error: ImportError) -> String {
        let name = path == "-" ? "standard input" : path
        switch error {
        case .unreadable(_, let reason): return "cannot read \(name): \(reason)"
        case .broken(_, let text, let position): return "\(name): \(position): \(text)"
        case .refused(let status, let detail):
            return "\(target.url) refuses the import (\(status)): \(detail)"
        case .unreachable(let reason):
            return "\(target.url) does not answer: \(reason); "
                + "run the command again when it does: what is there is not added twice"
        case .strangeAnswer(let reason): return "\(target.url) is no forum: \(reason)"
        }
    }
}
