import Bytes
import Fixture
import HTTP
import JSON
import Testing

/// A forum with people in it, threads, posts and something hidden, known to all three services.
struct Town: Sendable {
    let forum: System
    let admin: Person
    let moderator: Person
    let ada: Person
    let ben: Person
    /// A thread that ada opened and ben answered, and its opening post.
    let thread: Int64
    let post: Int64
    /// A thread in a category for moderators, and its opening post.
    let hiddenThread: Int64
    let hiddenPost: Int64
    /// What some paths answered while everything was well.
    let before: [String: Answer]

    /// The town that a suite is about; see `InTown`.
    @TaskLocal static var current: Town?

    /// The lab's bytes, which do not depend on any other service.
    static let plainPaths = [
        "/api/threads?fields=id,title,createdBy&limit=1",
        "/api/threads/1?fields=id,title,createdBy",
        "/api/posts/in-thread/1?fields=thread,text,user&limit=2",
        "/api/posts/1?fields=thread,text,user",
    ]

    /// Populates a forum that has nobody in it.
    init(_ forum: System) async throws {
        self.forum = forum
        try await forum.bulk(
            "/api/users/bulk",
            ["root", "mona", "ada", "ben", "cleo", "dora"].enumerated().map {
                #"{"id":\#($0 + 1),"username":"\#($1)","name":"\#($1.uppercased())"}"#
            })
        for (id, role) in [(1, "admin"), (2, "moderator")] {
            let answer = try await forum.send(
                .put, "/api/users/\(id)/roles", by: .operator, #"{"roles":["\#(role)"]}"#)
            #expect(answer.status == 200, "\(answer.text)")
        }
        admin = try forum.person(1, roles: ["admin"])
        moderator = try forum.person(2, roles: ["moderator"])
        ada = try forum.person(3)
        ben = try forum.person(4)
        try await forum.agree(on: ["users"])
        thread = try await forum.open(#"{"title":"Herons","text":"Seen **one**?"}"#, by: ada)
        post = try await forum.openingPost(of: thread)
        let reply = try await forum.send(
            .post, "/api/posts", by: ben, #"{"thread":\#(thread),"text":"Two."}"#)
        #expect(reply.status == 201, "\(reply.text)")
        let category = try await forum.send(
            .post, "/api/threads/categories", by: admin,
            #"{"slug":"staff","name":"Staff","permissions":{"read":"moderator"}}"#)
        let id = try category.integer("id")
        hiddenThread = try await forum.open(
            #"{"title":"Quietly","text":"Not for all.","category":\#(id)}"#, by: moderator)
        hiddenPost = try await forum.openingPost(of: hiddenThread, by: moderator)
        try await forum.agree(on: ["users", "threads", "posts"])
        var before: [String: Answer] = [:]
        for path in Town.plainPaths + ["/api/threads/\(thread)"] {
            before[path] = try await forum.get(path)
        }
        self.before = before
    }
}

// What goes on while one of the services is stopped, whichever of them it is.
extension Town {
    /// Ben answers in the thread and changes what he wrote; its id.
    func replyAndEdit() async throws -> Int64 {
        let reply = try await forum.send(
            .post, "/api/posts", by: ben, #"{"thread":\#(thread),"text":"Three."}"#)
        #expect(reply.status == 201, "\(reply.text)")
        let id = try reply.integer("id")
        let edited = try await forum.send(
            .patch, "/api/posts/\(id)", by: ben, #"{"text":"Four."}"#,
            [.ifMatch: reply[.etag] ?? ""])
        #expect(edited.status == 200, "\(edited.text)")
        return id
    }

    /// Dora's account is deleted, as a job that comes to `progress` and goes on from there later.
    func deleteDora(until progress: String) async throws {
        let job = try await forum.send(.delete, "/api/users/6", by: admin)
        #expect(job.status == 202, "\(job.text)")
        let path = try #require(job[.location])
        #expect(
            await eventually {
                (try? await forum.get(path, by: admin).member("progress")) == progress
            })
        #expect(try await forum.get(path, by: admin).string("state") == "running")
        #expect(await forum.status(.get, "/api/users/6") == 410)
    }
}

extension System {
    /// Opens a thread; its id.
    func open(_ body: String, by person: Person) async throws -> Int64 {
        let answer = try await send(.post, "/api/threads", by: person, body)
        #expect(answer.status == 201, "\(answer.text)")
        return try answer.integer("id")
    }

    /// The post a thread was opened with, once the posts service has made it and told of it.
    func openingPost(of thread: Int64, by person: Person? = nil) async throws -> Int64 {
        var id: Int64?
        let isThere = await eventually {
            // What cannot be read yet is asked for again.
            guard let answer = try? await get("/api/threads/\(thread)", by: person),
                case .integer(let found)? = try? answer.json["openingPost"]?["id"]
            else { return false }
            id = found
            return true
        }
        #expect(isThere, "thread \(thread) has no opening post")
        return try #require(id)
    }

    /// Waits until whatever these sources have told is known to the others, by reading with their
    /// positions until nothing is said to be stale.
    func agree(on sources: [String]) async throws {
        for source in sources {
            let position = try await position(of: source)
            let paths =
                switch source {
                case "users": ["/api/threads?limit=1", "/api/posts?limit=1"]
                case "threads": ["/api/posts?limit=1", "/api/users?limit=1"]
                default: ["/api/threads?limit=1", "/api/users?limit=1"]
                }
            for path in paths {
                let isKnown = await eventually(withinSeconds: 30) {
                    let answer = try? await get(path, [.forumPosition: "\(source)=\(position)"])
                    return answer?.status == 200 && answer?["Forum-Staleness"] == nil
                }
                #expect(isKnown, "\(path) does not know \(source)=\(position)")
            }
        }
    }

    /// Where the feed of a source stands now, as it tells the services.
    private func position(of source: String) async throws -> Int64 {
        let service =
            switch source {
            case "threads": "topics"
            case "posts": "messages"
            default: "users"
            }
        let secret = folder.read("data/registry.json.secret") ?? ""
        let answer = try await ask(
            running(service), "/internal/\(source)/feed?after=0&limit=1&wait=0",
            [.authorization: "Bearer \(secret.split(separator: "\n").first ?? "")"])
        return try #require(
            answer["Feed-Head"].flatMap(Int64.init), "\(answer.status) \(answer.text)")
    }
}

extension Answer {
    /// A member that is a number.
    func integer(_ name: StaticString) throws -> Int64 {
        guard case .integer(let number) = try json[name] else {
            throw Missing(name: "\(name)", text: text)
        }
        return number
    }

    /// A member that is a text.
    func string(_ name: StaticString) throws -> String {
        guard case .string(let string) = try json[name] else {
            throw Missing(name: "\(name)", text: text)
        }
        return string
    }

    /// An answer without what was looked for.
    struct Missing: Error {
        let name: String
        let text: String
    }

    /// The last part of the type of a problem; nil for what is none.
    var problem: String? {
        guard self[.contentType] == "application/problem+json",
            case .string(let type) = try? json["type"]
        else { return nil }
        return type.split(separator: "/").last.map(String.init)
    }

    /// What is said to be behind, without how much.
    var stale: [String] {
        self["Forum-Staleness"]?.split(separator: ", ").map {
            String($0.prefix { $0 != ";" })
        } ?? []
    }
}
