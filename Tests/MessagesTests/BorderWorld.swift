import Bytes
import Fixture
import HTTP
import JSON
import Seeding
import Testing

/// What a forum holds, as a test that knows everything sees it.
struct BorderWorld {
    /// Who looks: a guest, the author of half of it, another member, who keeps order in the second
    /// category, a moderator.
    static let viewers: [String?] = [nil, "4", "5", "6", "9:moderator"]
    private static let writers = ["4", "5", "9:moderator"]
    private static let moderator = "9:moderator"
    private static let thumb = "%F0%9F%91%8D"

    private enum Reader: String, CaseIterable { case guest, member, moderator }

    private struct Thread {
        var version: Int64 = 0
        var reader = Reader.guest
        var category: Int64 = 1
        var isDeleted = false
    }

    private struct Post {
        var thread: Int
        let user: String
        var state = "visible"
        var replyTo: Int?
        var quoted: Int?

        var isVisible: Bool { state == "visible" }
    }

    private var threads: [Int: Thread] = [:]
    private var posts: [Int: Post] = [:]
    private var last = 0

    /// Gives the thread other readers.
    mutating func set(
        _ id: Int, _ forum: SignedForum, _ random: inout SeededRandom
    ) async throws {
        var thread = threads[id] ?? Thread()
        thread.version += 1
        thread.reader = Reader.allCases.randomElement(using: &random)!
        thread.category = Int64.random(in: 1...2, using: &random)
        thread.isDeleted = Int.random(in: 0..<5, using: &random) == 0
        threads[id] = thread
        let isHidden = thread.reader != .guest
        try await forum.takeThread(
            Int64(id), version: thread.version,
            #","category":\#(thread.category),"readRole":"\#(thread.reader.rawValue)""#
                + #","visibility":"\#(isHidden ? "hidden" : "public")""#
                + #","state":"\#(thread.isDeleted ? "deleted" : "visible")""#
                + #","moderators":[\#(thread.category == 2 ? "6" : "")]"#)
    }

    /// One thing happens.
    mutating func change(_ forum: SignedForum, _ random: inout SeededRandom) async throws {
        guard let id = posts.keys.sorted().randomElement(using: &random), last > 3 else {
            return try await write(forum, &random)
        }
        let writer = posts[id]?.user ?? ""
        switch Int.random(in: 0..<16, using: &random) {
        case 0..<6: try await write(forum, &random)
        case 6, 7:
            let thread = threads.keys.sorted().randomElement(using: &random)!
            try await set(thread, forum, &random)
        case 8: try await delete(id, as: writer, forum)
        case 9: try await delete(id, as: BorderWorld.moderator, forum)
        case 10, 11:
            let answer = try await forum.send(
                .post, "/api/posts/\(id)/restore", as: BorderWorld.moderator)
            if answer.status == 200 { posts[id]?.state = "visible" }
        case 12:
            let answer = try await forum.send(.delete, "/api/posts/\(id)?purge=1", as: "1:admin")
            if answer.status == 204 { posts[id] = nil }
        case 13: try await move(id, forum, &random)
        case 14:
            _ = try await forum.send(
                .put, "/api/posts/\(id)/reactions/\(BorderWorld.thumb)", as: "5")
        default:
            _ = try await forum.send(
                .post, "/api/posts/\(id)/flags", as: "5", #"{"reason":"spam","note":"flagged"}"#)
        }
    }

    private mutating func write(
        _ forum: SignedForum, _ random: inout SeededRandom
    ) async throws {
        let thread = threads.keys.sorted().randomElement(using: &random)!
        let user = BorderWorld.writers.randomElement(using: &random)!
        let here = posts.filter { $0.value.thread == thread && $0.value.isVisible }.keys.sorted()
        let target = Bool.random(using: &random) ? here.randomElement(using: &random) : nil
        let quoted = posts.keys.sorted().randomElement(using: &random)
        let number = last + 1
        let quote = quoted.map { "> [quote post=\($0)]\n\n" } ?? ""
        let answer = try await forum.write(
            "\(quote)common word\(number)w @ada", in: thread, as: user, replyTo: target)
        guard answer.status == 201 else { return }
        last = number
        #expect(try answer.member("id") == "\(number)")
        posts[number] = Post(thread: thread, user: user, replyTo: target, quoted: quoted)
    }

    private mutating func delete(_ id: Int, as user: String, _ forum: SignedForum) async throws {
        let answer = try await forum.send(.delete, "/api/posts/\(id)", as: user)
        guard answer.status == 200, let state = try answer.member("state") else { return }
        posts[id]?.state = String(state.dropFirst().dropLast())
    }

    private mutating func move(
        _ id: Int, _ forum: SignedForum, _ random: inout SeededRandom
    ) async throws {
        let thread = threads.keys.sorted().randomElement(using: &random)!
        let answer = try await forum.send(
            .post, "/api/posts/\(id)/move", as: BorderWorld.moderator, #"{"thread":\#(thread)}"#)
        guard answer.status == 200, posts[id]?.thread != thread else { return }
        posts[id]?.thread = thread
        posts[id]?.replyTo = nil
        for other in posts.keys where posts[other]?.replyTo == id { posts[other]?.replyTo = nil }
    }

    private func level(_ viewer: String?) -> Int {
        viewer == nil ? 0 : viewer == BorderWorld.moderator ? 2 : 1
    }

    private func knows(_ viewer: String?, _ thread: Int) -> Bool {
        if viewer == "6", threads[thread]!.category == 2 { return true }
        return reaches(viewer, thread)
    }

    private func reaches(_ viewer: String?, _ thread: Int) -> Bool {
        let thread = threads[thread]!
        let wanted = Reader.allCases.firstIndex(of: thread.reader)!
        return level(viewer) >= (thread.isDeleted ? 2 : wanted)
    }

    /// Whether a list that goes across threads has it: there a role counts, and no category.
    private func isListed(_ viewer: String?, _ id: Int) -> Bool {
        let post = posts[id]!
        guard reaches(viewer, post.thread) else { return false }
        return post.isVisible || viewer == BorderWorld.moderator
    }

    private func moderates(_ viewer: String?, _ thread: Int) -> Bool {
        viewer == BorderWorld.moderator || (viewer == "6" && threads[thread]!.category == 2)
    }

    /// Whether the post is there for the viewer who asks for it by its number.
    private func sees(_ viewer: String?, _ id: Int) -> Bool {
        guard let post = posts[id], knows(viewer, post.thread) else { return false }
        return post.isVisible || post.user == viewer || moderates(viewer, post.thread)
    }
}

extension BorderWorld {
    /// Everything that the viewer can ask for.
    func check(_ viewer: String?, _ forum: SignedForum, _ note: String) async throws {
        for id in 1...max(last, 1) { try await checkOne(id, viewer, forum, note) }
        for thread in threads.keys {
            let listed = try await ids("/api/posts/in-thread/\(thread)", viewer, forum)
            let right = posts.keys.filter { id in
                posts[id]!.thread == thread && knows(viewer, thread)
                    && (posts[id]!.isVisible || moderates(viewer, thread))
            }
            #expect(listed == Set(right), "\(viewer ?? "-") in thread \(thread), \(note)")
        }
        for (list, user) in [("/api/posts", nil), ("/api/posts/by-user/4", "4")] {
            let right = posts.keys.filter {
                isListed(viewer, $0) && user ?? posts[$0]!.user == posts[$0]!.user
            }
            #expect(
                try await ids(list, viewer, forum) == Set(right),
                "\(viewer ?? "-") \(list), \(note)")
        }
        for list in [
            "/api/posts", "/api/posts/by-user/4", "/api/posts/search?q=common",
            "/api/posts/search?q=common&user=4", "/api/posts/mentions",
        ] {
            for order in ["asc", "desc"] {
                let mark = list.contains("?") ? "&" : "?"
                let rows = list.contains("search") ? 50 : 200
                let target = "\(list)\(mark)limit=\(rows)&order=\(order)"
                try await checkTexts(target, viewer, forum, note)
            }
        }
        let flags = try await forum.get("/api/posts/flags", as: viewer)
        if viewer == nil || viewer == "4" || viewer == "5" {
            #expect(flags.status == (viewer == nil ? 401 : 403))
        }
    }

    private func checkOne(
        _ id: Int, _ viewer: String?, _ forum: SignedForum, _ note: String
    ) async throws {
        for path in ["", "/context", "/replies", "/history", "/reactions"] {
            let answer = try await forum.get("/api/posts/\(id)\(path)", as: viewer)
            if sees(viewer, id) {
                #expect(answer.status == 200, "\(viewer ?? "-") \(id)\(path), \(note)")
                try await checkTexts(answer, viewer, note)
                if path == "" { try checkTraces(answer, id, viewer, note) }
                continue
            }
            if posts[id] == nil, moderatesAll(viewer) { continue }
            let unknown = try await forum.get("/api/posts/77777\(path)", as: viewer)
            #expect(answer.status == 404, "\(viewer ?? "-") \(id)\(path), \(note)")
            #expect(
                answer.text.replacing("posts/\(id)\(path)\"", with: "posts/77777\(path)\"")
                    .replacing("post \(id) ", with: "post 77777 ") == unknown.text)
            #expect(answer[.etag] == nil)
        }
    }

    private func moderatesAll(_ viewer: String?) -> Bool { viewer == BorderWorld.moderator }

    /// What it answers, quotes and counts.
    private func checkTraces(
        _ answer: Answer, _ id: Int, _ viewer: String?, _ note: String
    ) throws {
        let post = posts[id]!
        let target = post.replyTo.map { sees(viewer, $0) } ?? false
        #expect(try (answer.member("replyTo") != nil) == target, "\(id), \(note)")
        if let quoted = post.quoted, !sees(viewer, quoted) {
            #expect(try answer.member("quotes") == "[]", "\(id), \(note)")
        }
        let replies = posts.values.filter { $0.replyTo == id && $0.isVisible }
        #expect(try answer.member("replyCount") == "\(replies.count)", "\(id), \(note)")
    }

    private func checkTexts(
        _ target: String, _ viewer: String?, _ forum: SignedForum, _ note: String
    ) async throws {
        let answer = try await forum.get(target, as: viewer)
        try await checkTexts(answer, viewer, "\(target), \(note)")
    }

    private func checkTexts(_ answer: Answer, _ viewer: String?, _ note: String) async throws {
        for id in 1...max(last, 1) where !sees(viewer, id) {
            #expect(!answer.text.contains("word\(id)w"), "\(viewer ?? "-") reads \(id), \(note)")
            #expect(!answer.text.contains("\"id\":\(id),\"thread\""), "\(viewer ?? "-"), \(note)")
        }
    }

    private func ids(
        _ target: String, _ viewer: String?, _ forum: SignedForum
    ) async throws -> Set<Int> {
        let answer = try await forum.get("\(target)?limit=200&fields=id", as: viewer)
        guard case .array(let rows) = try answer.json else { return [] }
        return Set(
            rows.compactMap { row in
                if case .integer(let id)? = row["id"] { Int(id) } else { nil }
            })
    }
}
