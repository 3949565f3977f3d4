import HTTP
import JSON

// What is said in the threads, and what others make of it.
extension StoryTeller {
    /// All second posts, then all third ones, and so on: threads live side by side. The first ones
    /// have come with their threads.
    mutating func writePosts() async throws {
        for index in threads.indices { try await findPosts(index) }
        if threads.contains(where: { $0.posts[0] == nil }) { throw StoryError.unsettled }
        let longest = story.threads.map(\.posts.count).max() ?? 1
        for number in 1..<longest {
            for (index, thread) in story.threads.enumerated() where number < thread.posts.count {
                guard isDue(threads[index].posts[number] == nil) else { continue }
                try await write(number, of: index)
            }
        }
    }

    private mutating func findPosts(_ index: Int) async throws {
        let there = try await client.get(
            "/api/posts/in-thread/\(threads[index].id)?limit=200&fields=id,user,text"
        ).elements
        for (number, post) in story.threads[index].posts.enumerated() {
            let texts = post.texts(threads[index].posts)
            threads[index].posts[number] = there.first { one in
                one.number("user") == cast.id(post.by) && texts.contains(one.text("text") ?? "")
            }?.number("id")
        }
    }

    private mutating func write(_ number: Int, of index: Int) async throws {
        let post = story.threads[index].posts[number]
        let (thread, ids) = threads[index]
        threads[index].posts[number] = try await client.send(
            .post, "/api/posts", as: cast.speaker(post.by),
            [
                "thread": .number(thread), "text": .text(post.texts(ids)[0]),
                "replyTo": .number(post.replyTo.flatMap { ids[$0 - 1] }),
            ], key: "seed-post-\(index)-\(number)"
        ).require(.created).number("id")
    }

    /// Edits, reactions, flags, and what a moderator does about them.
    mutating func react(to number: Int, of index: Int) async throws {
        let post = story.threads[index].posts[number]
        guard let id = threads[index].posts[number] else { return }
        try await edit(post, id, post.texts(threads[index].posts))
        try await addReactions(post, id)
        let state = try await client.get("/api/posts/\(id)?fields=state").text("state")
        for flag in post.flags {
            // What was taken down is out of everybody's reach, and was dealt with.
            let isNew = state == "visible" ? try await raise(flag, id) : false
            isDue(isNew)
        }
        if post.isRemoved, isDue(state == "visible") { try await remove(id) }
    }

    /// Whether it was not there before.
    private mutating func raise(_ flag: StoryFlag, _ post: Int64) async throws -> Bool {
        let answer = try await client.send(
            .post, "/api/posts/\(post)/flags", as: cast.speaker(flag.by),
            ["reason": .text(flag.reason), "note": .text(flag.note)])
        try answer.require(.created, .ok)
        return answer.status == .created
    }

    private mutating func edit(_ post: StoryPost, _ id: Int64, _ texts: [String]) async throws {
        if post.edits.isEmpty { return }
        let done = try await client.get("/api/posts/\(id)?fields=edits").number("edits") ?? 0
        for (index, edit) in post.edits.enumerated() where isDue(index >= Int(done)) {
            let author = try await cast.speaker(post.by)
            let tag = try await client.send(.get, "/api/posts/\(id)", as: author).etag
            try await client.send(
                .patch, "/api/posts/\(id)", as: author,
                ["text": .text(texts[index + 1]), "reason": .text(edit.reason)], match: tag
            ).require(.ok)
        }
    }

    private mutating func addReactions(_ post: StoryPost, _ id: Int64) async throws {
        if post.reactions.isEmpty { return }
        var given: Set<String> = []
        for reaction in try await client.get("/api/posts/\(id)/reactions").elements {
            for user in reaction["users"]?.elements ?? [] {
                given.insert("\(reaction.text("emoji") ?? "") \(user.number("id") ?? 0)")
            }
        }
        for reaction in post.reactions {
            let path = "/api/posts/\(id)/reactions/\(PercentEncoding.segment(reaction.emoji))"
            for user in reaction.by
            where isDue(!given.contains("\(reaction.emoji) \(cast.id(user))")) {
                try await client.send(.put, path, as: cast.speaker(user)).require(.ok)
            }
        }
    }

    /// The moderator finds the post among what was flagged, and takes it down.
    private mutating func remove(_ post: Int64) async throws {
        guard let name = story.moderator else { return }
        let moderator = try await cast.speaker(name)
        let flags = try await client.get("/api/posts/flags?limit=200", as: moderator).elements
        guard let flag = flags.first(where: { $0.number("post") == post })?.number("id") else {
            return
        }
        try await client.send(
            .patch, "/api/posts/flags/\(flag)", as: moderator,
            ["state": .text("accepted"), "action": .text("remove")]
        ).require(.ok)
    }
}
