import Fixture
import HTTP
import Seeding
import Testing

/// Random forums and random changes: after each, nobody learns of what they may not read.
@Suite("Nothing crosses borders")
struct BorderPropertyTests {
    private static let steps = 40

    @Test("no list, search, count, 304 or error tells of what its reader may not see")
    func borders() async throws {
        var random = SeededRandom()
        let forum = try TopicsForum()
        var model = ForumModel()
        for step in 1...Self.steps {
            let change = try await change(forum, &model, &random)
            let name = "step \(step): \(change), \(random)"
            for reader in ForumModel.readers {
                try await checkLists(forum, model, reader, name)
                try await checkCounts(forum, model, reader, name)
            }
            try await checkOne(forum, model, &random, name)
            try await checkHeld(forum, name)
        }
        #expect(forum.unexpectedErrors == [])
    }

    // MARK: Changes

    private func change(
        _ forum: TopicsForum, _ model: inout ForumModel, _ random: inout SeededRandom
    ) async throws -> String {
        let thread = model.threads.keys.sorted().randomElement(using: &random)
        let category = model.categories.keys.sorted().randomElement(using: &random)!
        switch (Int.random(in: 0..<10, using: &random), thread) {
        case (0, _), (1, _): return try await addCategory(forum, &model, category, &random)
        case (2, _) where category > 1:
            return try await reopen(forum, &model, category, &random)
        case (3, _) where category > 1: return try await remove(forum, &model, category)
        case (4, let thread?), (5, let thread?):
            let tag = try await forum.get("/api/threads/\(thread)", as: "simon")[.etag]
            let answer = try await forum.send(
                .patch, "/api/threads/\(thread)", as: "simon", #"{"category":\#(category)}"#,
                match: tag)
            if answer.status == 200 { model.threads[thread]!.category = category }
            return "moved \(thread) to \(category): \(answer.status)"
        case (6, let thread?):
            let isDeleted = model.threads[thread]!.isDeleted
            let path = "/api/threads/\(thread)"
            _ =
                isDeleted
                ? try await forum.send(.post, "\(path)/restore", as: "simon")
                : try await forum.send(.delete, path, as: "simon")
            model.threads[thread]!.isDeleted.toggle()
            return "turned \(thread)"
        default: return try await start(forum, &model, category, &random)
        }
    }

    private func start(
        _ forum: TopicsForum, _ model: inout ForumModel, _ category: Int,
        _ random: inout SeededRandom
    ) async throws -> String {
        let tag = ForumModel.tags.randomElement(using: &random)!
        let word = "w\(random.next())"
        let isInTitle = Bool.random(using: &random)
        let id = try await forum.start(
            isInTitle ? "About \(word)" : "About nothing", as: "simon",
            #","category":\#(category),"tags":["\#(tag)"],"text":"see \#(isInTitle ? "it" : word)""#
        )
        model.threads[id] = .init(category: category, isDeleted: false, tag: tag, word: word)
        try await forum.hear([Post(id: id, thread: id, number: 1, user: 5)])
        return "started \(id) in \(category)"
    }

    private func addCategory(
        _ forum: TopicsForum, _ model: inout ForumModel, _ parent: Int,
        _ random: inout SeededRandom
    ) async throws -> String {
        let read = Int.random(in: 0...3, using: &random)
        let isJakes = Int.random(in: 0...2, using: &random) == 0
        let body =
            #"{"name":"C\#(random.next())","permissions":{"read":"\#(ForumModel.roles[read])"},"#
            + #""moderators":[\#(isJakes ? "4" : "")],"parent":\#(parent)}"#
        let answer = try await forum.send(.post, "/api/threads/categories", as: "simon", body)
        guard answer.status == 201, let id = try answer.member("id").flatMap(Int.init) else {
            return "no category: \(answer.status)"
        }
        model.categories[id] = .init(read: read, isModeratedByJake: isJakes, parent: parent)
        return "category \(id) in \(parent), read by \(read)"
    }

    private func reopen(
        _ forum: TopicsForum, _ model: inout ForumModel, _ category: Int,
        _ random: inout SeededRandom
    ) async throws -> String {
        let read = Int.random(in: 0...3, using: &random)
        let path = "/api/threads/categories/\(category)"
        let tag = try await forum.get(path, as: "simon")[.etag]
        let answer = try await forum.send(
            .patch, path, as: "simon",
            #"{"permissions":{"read":"\#(ForumModel.roles[read])"}}"#, match: tag)
        #expect(answer.status == 200, "\(answer.text)")
        model.categories[category]!.read = read
        return "category \(category) is read by \(read)"
    }

    private func remove(
        _ forum: TopicsForum, _ model: inout ForumModel, _ category: Int
    ) async throws -> String {
        let target = model.categories.keys.sorted().last { $0 != category } ?? 1
        let answer = try await forum.send(
            .delete, "/api/threads/categories/\(category)?moveTo=\(target)", as: "simon")
        guard answer.status == 202 else { return "kept \(category): \(answer.status)" }
        model.categories[category] = nil
        for id in model.threads.keys where model.threads[id]!.category == category {
            model.threads[id]!.category = target
        }
        return "category \(category) went to \(target)"
    }

    // MARK: Checks

    private func checkLists(
        _ forum: TopicsForum, _ model: ForumModel, _ reader: ForumModel.Reader, _ name: String
    ) async throws {
        let all = model.seen(by: reader)
        for sort in ["id", "created", "activity", "replies", "hot"] {
            let target = "/api/threads?limit=200&fields=id,lastPost&sort=\(sort)"
            #expect(
                try await forum.ids(target, as: reader.name).sorted() == all,
                "\(sort) for \(reader.name ?? "a guest"), \(name)")
        }
        let cores = "/api/threads?limit=200&fields=id,title"
        #expect(try await forum.ids(cores, as: reader.name) == all, "\(name)")
        for tag in ForumModel.tags {
            let seen = model.seen(by: reader) { $0.tag == tag }
            let target = "/api/threads?limit=200&tag=\(tag)&fields=id"
            #expect(try await forum.ids(target, as: reader.name) == seen, "\(name)")
        }
        for category in model.categories.keys {
            let answer = try await forum.get(
                "/api/threads?limit=200&category=\(category)", as: reader.name)
            let isRead = model.reads(reader, category)
            #expect(answer.status == (isRead ? 200 : 404), "\(name)")
            if !isRead { continue }
            #expect(
                try answer.ids == model.seen(by: reader) { $0.category == category }, "\(name)")
        }
    }

    private func checkCounts(
        _ forum: TopicsForum, _ model: ForumModel, _ reader: ForumModel.Reader, _ name: String
    ) async throws {
        let target = "/api/threads?count=exact&limit=1&fields=id,title"
        let total = try await forum.get(target, as: reader.name)[FieldName("Total-Count")]
        #expect(total == "\(model.seen(by: reader).count)", "\(name)")
        let categories = try await forum.get(
            "/api/threads/categories?fields=id,threadCount", as: reader.name)
        let known = model.categories.keys.filter { model.reads(reader, $0) }
        #expect(try Set(categories.ids) == Set(known), "\(name)")
        for id in known {
            let count = model.seen(by: reader) { $0.category == id }.count
            #expect(categories.text.contains(#"{"id":\#(id),"threadCount":\#(count)}"#), "\(name)")
        }
        let tags = ForumModel.tags.sorted().compactMap { tag -> String? in
            let count = model.seen(by: reader) { $0.tag == tag }.count
            return count > 0 ? #"{"name":"\#(tag)","count":\#(count)}"# : nil
        }
        #expect(
            try await forum.get("/api/threads/tags", as: reader.name).text
                == "[\(tags.joined(separator: ","))]", "\(name)")
    }

    /// A thread that somebody may not read answers as one that does not exist.
    private func checkOne(
        _ forum: TopicsForum, _ model: ForumModel, _ random: inout SeededRandom, _ name: String
    ) async throws {
        guard let id = model.threads.keys.sorted().randomElement(using: &random) else { return }
        let thread = model.threads[id]!
        for reader in ForumModel.readers {
            let found = try await forum.ids(
                "/api/threads/search?q=\(thread.word)", as: reader.name)
            #expect(found == model.seen(by: reader) { $0.word == thread.word }, "\(name)")
            if model.reads(reader, thread.category) { continue }
            let tag = try await forum.get("/api/threads/\(id)", as: "simon")[.etag]
            for (method, path, body) in [
                (.get, "", ""), (.delete, "", ""), (.patch, "", #"{"title":"Mine"}"#),
                (.put, "/lock", ""), (.put, "/pin", #"{"scope":"category"}"#),
                (.put, "/read", #"{"upTo":1}"#), (.put, "/subscription", #"{"level":"muted"}"#),
                (.put, "/answer", #"{"post":1}"#), (.post, "/restore", ""),
            ] as [(Method, String, String)] {
                let own = try await answer(forum, method, id, path, body, reader, tag)
                let unknown = try await answer(forum, method, 999_999, path, body, reader, tag)
                #expect(own == unknown, "\(method.name) \(path) of \(id), \(name)")
            }
        }
    }

    /// Status and body with the number of the thread and of the exchange taken out.
    private func answer(
        _ forum: TopicsForum, _ method: Method, _ id: Int, _ path: String, _ body: String,
        _ reader: ForumModel.Reader, _ tag: String?
    ) async throws -> String {
        let answer = try await forum.send(
            method, "/api/threads/\(id)\(path)", as: reader.name, body,
            match: method == .patch ? tag : nil, held: method == .get ? tag : nil)
        let words = answer.text.split(separator: "\"trace\":").first ?? ""
        return "\(answer.status) "
            + words.split(separator: "threads/\(id)", omittingEmptySubsequences: false)
            .joined(separator: "threads/N")
            .split(separator: "thread \(id) ", omittingEmptySubsequences: false)
            .joined(separator: "thread N ")
    }

    /// Whoever holds what another was answered is told that it is theirs only if it is.
    private func checkHeld(_ forum: TopicsForum, _ name: String) async throws {
        let targets = ["/api/threads?fields=id,title&limit=200", "/api/threads/categories"]
        for target in targets {
            var answers: [Answer] = []
            for reader in ForumModel.readers {
                answers.append(try await forum.get(target, as: reader.name))
            }
            for (reader, own) in zip(ForumModel.readers, answers) {
                for other in answers where other.text != own.text {
                    let held = try await forum.send(
                        .get, target, as: reader.name, held: other[.etag])
                    #expect(held.status == 200, "\(target), \(name)")
                }
            }
        }
    }
}
