import Bytes
import Curl
import HTTP
import JSON
import Launch

/// `forum seed`: a small forum to look at, the same each time.
struct SeedCommand {
    static let command = Command(
        "forum seed", "Fills a running forum with eight people and what they talk about.",
        options: [
            Command.Option(
                "--to", "URL", "the forum, as http://HOST:PORT [the one running on the data folder]"
            ),
            Command.Option("--data", "DIR", "its data folder [$FORUM_DATA, else .forum]"),
        ],
        details: """
            It is for an empty forum; one whose first users are other people is left alone. A second
            run adds nothing.

            The admin secret is $FORUM_ADMIN_SECRET, or the one kept in the data folder.

            Exit codes: 0 the small forum is there, 1 the forum has content of its own, 64 a mistake
            on the command line, 65 some records were refused, 69 the forum does not answer, 77 the
            admin secret is wrong.
            """)

    private let target: ForumTarget
    private let console: Console

    init(_ target: ForumTarget, _ console: Console) {
        self.target = target
        self.console = console
    }

    /// Returns the exit code.
    func run() async -> Int32 {
        let progress = ImportProgress(console)
        do throws(ImportError) {
            if let stranger = try await stranger() {
                console.complain("seed: nothing added: user \(stranger) is somebody else already")
                return 1
            }
            let source = LabSource(LabLines(Seed.document))
            try await Importer(target.transport, target.secret, progress).run(source)
        } catch {
            console.complain("seed: \(target.url): \(text(error))")
            return ExitCode.of(error)
        }
        let report = ImportReport(progress)
        let counts = "\(report.added) records added, \(report.unchanged) were there"
        console.say("seed: \(counts)\(report.failed > 0 ? ", \(report.failed) refused" : "")")
        return report.failed > 0 ? Exit.data : 0
    }

    /// The number of one of our users that somebody else has in the forum; nil if there is none.
    private func stranger() async throws(ImportError) -> Int? {
        for user in Seed.users {
            let response: ClientResponse
            do throws(TransportError) {
                response = try await target.transport.send(
                    ClientRequest(.get, "/api/users/\(user.id)?fields=username"))
            } catch {
                throw .unreachable(error.detail)
            }
            if response.status == .notFound { continue }
            guard response.status == .ok else {
                throw .refused(
                    status: Int(response.status.code),
                    detail: ProblemText.text(response.body) ?? "\(response.status.reason)")
            }
            guard let found = try? JSONValue.parse(response.body) else {
                throw .strangeAnswer("a user is no JSON")
            }
            if found["username"] != .string(user.username) { return user.id }
        }
        return nil
    }

    private func text(_ error: ImportError) -> String {
        switch error {
        case .unreadable(_, let reason), .unreachable(let reason), .strangeAnswer(let reason):
            reason
        case .broken(_, let text, let position): "\(position): \(text)"
        case .refused(let status, let detail): "refused (\(status)): \(detail)"
        }
    }
}
