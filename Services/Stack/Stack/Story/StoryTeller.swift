import HTTP
import JSON

/// Tells a story to a forum by its public API, as the people in it would have done. It looks before
/// each step, so a second telling adds nothing, and one that broke off is gone on with.
struct StoryTeller: Sendable {
    let story: Story
    let client: ForumClient
    var cast: Cast
    /// What opens the door for the first admin; nil if nobody knows.
    private let invite: String?
    /// Steps that were taken.
    var added = 0
    /// Steps that had been taken before.
    var found = 0
    /// The ids of the threads, and of their posts by number.
    var threads: [(id: Int64, posts: [Int64?])] = []

    init(_ story: Story, _ client: ForumClient, _ cast: Cast, invite: String?) {
        self.story = story
        self.client = client
        self.cast = cast
        self.invite = invite
    }

    /// Returns when everything is in the forum.
    mutating func tell() async throws {
        try await bringPeople()
        try await client.settle()
        let categories = try await openCategories()
        try await startThreads(categories)
        try await client.settle()
        try await writePosts()
        try await client.settle()
        for (index, thread) in story.threads.enumerated() {
            for number in thread.posts.indices { try await react(to: number, of: index) }
            try await mark(thread, threads[index])
        }
        for ban in story.bans { try await impose(ban) }
    }

    /// Counts a step, and whether it has to be taken.
    @discardableResult
    mutating func isDue(_ isDue: Bool) -> Bool {
        if isDue { added += 1 } else { found += 1 }
        return isDue
    }

    private mutating func bringPeople() async throws {
        var missing: [StoryPerson] = []
        for person in story.people {
            let isThere = try await cast.find(person)
            if isDue(!isThere) { missing.append(person) }
        }
        for person in missing {
            try await cast.register(person, invite: person.role == "admin" ? invite : nil)
        }
        for person in story.people where person.role != "member" {
            let path = "/api/users/\(cast.id(person.username))"
            let roles = try await client.get("\(path)?fields=roles")["roles"]?.elements ?? []
            if roles.contains(.string(person.role)) { continue }
            isDue(true)
            try await client.send(
                .put, "\(path)/roles", as: .operator, ["roles": .texts([person.role])]
            )
            .require(.ok)
        }
        try await client.settle()
        try await cast.signIn(missing.map(\.username))
    }

    private mutating func openCategories() async throws -> [String: Int64] {
        var ids: [String: Int64] = [:]
        for category in try await client.get("/api/threads/categories").elements {
            if let slug = category.text("slug") { ids[slug] = category.number("id") }
        }
        for category in story.categories where isDue(ids[category.slug] == nil) {
            let made = try await client.send(
                .post, "/api/threads/categories", as: .operator,
                [
                    "slug": .text(category.slug), "name": .text(category.name),
                    "description": .text(category.description), "color": .text(category.color),
                    "parent": .number(category.parent.flatMap { ids[$0] }),
                    "permissions": category.permissions,
                ]
            ).require(.created)
            ids[category.slug] = made.number("id")
        }
        return ids
    }

    private mutating func startThreads(_ categories: [String: Int64]) async throws {
        for (index, thread) in story.threads.enumerated() {
            let author = cast.id(thread.by)
            let theirs = try await client.get(
                "/api/threads?createdBy=\(author)&limit=200&fields=id,title")
            let known = theirs.elements.first { $0.text("title") == thread.title }?.number("id")
            var id = known
            if isDue(known == nil) {
                id = try await client.send(
                    .post, "/api/threads", as: cast.speaker(thread.by),
                    [
                        "title": .text(thread.title), "text": .text(thread.posts[0].text),
                        "category": .number(categories[thread.category]),
                        "tags": .texts(thread.tags), "kind": .text(thread.kind),
                    ], key: "seed-thread-\(index)"
                ).require(.created).number("id")
            }
            threads.append((id ?? 0, Array(repeating: nil, count: thread.posts.count)))
        }
    }
}
