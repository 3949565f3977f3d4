import Curl
import Identity
import Launch

/// `forum seed`: a small forum to look at, with something of everything in it.
struct SeedCommand {
    static let command = Command(
        "forum seed", "Fills a running forum with a dozen people and what they talk about.",
        options: [
            Command.Option(
                "--to", "URL", "the forum, as http://HOST:PORT [the one running on the data folder]"
            ),
            Command.Option("--data", "DIR", "its data folder [$FORUM_DATA, else .forum]"),
        ],
        details: """
            Registers them, signs them in and lets them talk, by the same requests that anybody
            could send: categories and one that only moderators see, threads with tags, replies that
            quote and mention, reactions, edits, a question with its answer, a locked and a pinned
            thread, a flag that waits for a moderator, and a visitor who was shown the door.

            It looks before each step: a second run adds nothing, and one that broke off is gone on
            with. If somebody else has one of the names, nothing is added.

            The passwords are made from the admin secret: two of them are printed. The admin secret
            is $FORUM_ADMIN_SECRET, or the one kept in the data folder. The first of the people
            becomes the admin with the setup invite of the data folder, if it is still good.

            Exit codes: 0 the small forum is there, 1 somebody else has one of the names or a step
            was refused, 64 a mistake on the command line, 69 the forum does not answer, 77 the
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
        do {
            let story = try Story.read()
            let client = ForumClient(target.transport, target.secret)
            var teller = StoryTeller(
                story, client, Cast(client, target.secret), invite: target.invite)
            try await teller.tell()
            console.say("seed: \(teller.added) steps taken, \(teller.found) had been taken before")
            for line in try SeedCommand.doors(story, target.secret) { console.say(line) }
            return 0
        } catch let error as StoryError {
            console.complain("seed: \(target.url): \(error)")
            return error.exitCode
        } catch {
            console.complain("seed: \(error)")
            return 1
        }
    }

    /// How to get in: as who is in charge, and as somebody.
    private static func doors(_ story: Story, _ secret: Secret) throws -> [String] {
        let somebody = story.people.first { $0.role == "member" }?.username
        return try [(story.admin, "admin"), (somebody, "member")].compactMap { name, role in
            try name.map { name in
                "  sign in as \(name) (\(role)), password \(try Cast.password(name, secret))"
            }
        }
    }
}
