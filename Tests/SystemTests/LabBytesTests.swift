import Bytes
import Curl
import Fixture
import HTTP
import Seeding
import Testing

/// A file in the lab's shape, in through the front door and out again.
@Suite("The lab's bytes", .serialized, .fewAtOnce, .timeLimit(.minutes(5)))
struct LabBytesTests {
    /// More posts than one commit of a load takes (20 000), so that pages follow each other.
    private static let postCount = 21_000

    /// The records of a section as the lab's own server would write them.
    private struct Lab {
        var users: [String] = []
        var threads: [String] = []
        var posts: [String] = []

        init(_ random: inout SeededRandom) {
            for id in 1...40 {
                let (name, bio) = (Lab.text(&random, words: 1...3), Lab.text(&random))
                users.append(
                    #"{"id":\#(id),"username":"user\#(id)","name":\#(name),"bio":\#(bio)}"#)
            }
            for id in 1...300 {
                let creator = Int.random(in: 1...40, using: &random)
                threads.append(
                    #"{"id":\#(id),"title":\#(Lab.text(&random)),"createdBy":\#(creator)}"#)
            }
            for _ in 1...LabBytesTests.postCount {
                let thread = Int.random(in: 1...300, using: &random)
                let user = Int.random(in: 1...40, using: &random)
                posts.append(
                    #"{"thread":\#(thread),"text":\#(Lab.text(&random)),"user":\#(user)}"#)
            }
        }

        var document: String {
            #"{"users":[\#(users.joined(separator: ","))],"#
                + #""threads":[\#(threads.joined(separator: ","))],"#
                + #""posts":[\#(posts.joined(separator: ","))]}"#
        }

        /// A JSON string of some words, escaped where it must be and nowhere else.
        /// Seven of the longest are a title that is long enough, three a name.
        private static func text(
            _ random: inout SeededRandom, words count: ClosedRange<Int> = 3...7
        ) -> String {
            let words = (0..<Int.random(in: count, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            return "\"\(words.joined(separator: " "))\""
        }

        private static let pieces = [
            "tide", "heron", "a/b", "Größe", "日本語", "שלום", "\u{200f}mark", "👩‍👩‍👧", "e\u{301}",
            "'); DROP TABLE posts; --", "<b>bold</b>", "%00", #"say \"yes\""#, #"back\\slash"#,
            #"line\nfeed"#, #"tab\there"#, #"bell\u0007"#, "${x}", "NULL", "🏳️‍🌈",
        ]
    }

    @Test("what was imported is read back with fields= to the byte, in the lab's order")
    func roundTrip() async throws {
        var random = SeededRandom()
        let lab = Lab(&random)
        let running = try await Forum(["--replicas", "messages=2"])
        let path = running.folder.write("lab.json", lab.document)
        let words = ["import", path, "--data", running.folder.file("data")]
        let (code, said) = await Program.run("forum", words, in: running.folder)
        #expect(code == 0, "\(random): \(said)")

        let users = try await all("/api/users?fields=id,username,name,bio", of: running)
        #expect(users == lab.users.joined(separator: ","), "\(random)")
        let threads = try await all("/api/threads?fields=id,title,createdBy", of: running)
        #expect(threads == lab.threads.joined(separator: ","), "\(random)")
        // A post is shown once its service has heard of the thread.
        let isHeard = await eventually {
            await running.get("/api/posts/\(Self.postCount)?fields=user")?.status == 200
        }
        #expect(isHeard)
        let posts = try await all("/api/posts?fields=thread,text,user", of: running)
        let areEqual = posts == lab.posts.joined(separator: ",")
        #expect(areEqual, "\(random)")
        #expect(await running.end() == 0)
    }

    /// The elements of a list, page after page, as they were sent.
    private func all(_ list: String, of forum: Forum) async throws -> String {
        var pages: [String] = []
        var target: String? = "\(list)&limit=200"
        while let here = target {
            let answer = try await forum.transport.send(ClientRequest(.get, here))
            try #require(answer.status == .ok, "\(here): \(answer.body.text)")
            pages.append(String(answer.body.text.dropFirst().dropLast()))
            target = next(answer.fields[.link])
        }
        return pages.joined(separator: ",")
    }

    private func next(_ links: String?) -> String? {
        let link = links?.split(separator: ", ").first { $0.hasSuffix("rel=\"next\"") }
        return link?.split(separator: ">").first.map { String($0.dropFirst()) }
    }
}
