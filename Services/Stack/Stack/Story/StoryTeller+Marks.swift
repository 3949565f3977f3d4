import HTTP
import JSON

// What is put on threads and on people, beside words.
extension StoryTeller {
    /// Pins, locks, answers, and what readers keep for themselves.
    mutating func mark(
        _ thread: StoryThread, _ told: (id: Int64, posts: [Int64?])
    ) async throws {
        let path = "/api/threads/\(told.id)"
        let now = try await client.get(path)
        if let number = thread.answer, isDue(now.number("answer") == nil) {
            try await put(
                "\(path)/answer", by: thread.by, ["post": .number(told.posts[number - 1])])
        }
        if let scope = thread.pin, isDue(now.text("pinned") == "none"), let name = story.moderator {
            try await put("\(path)/pin", by: name, ["scope": .text(scope)])
        }
        if let reason = thread.lock, isDue(now["locked"] == .bool(false)),
            let name = story.moderator
        {
            try await put("\(path)/lock", by: name, ["reason": .text(reason)])
        }
        for watcher in thread.watchers {
            let own = try await client.get(path, as: cast.speaker(watcher))["me"] ?? .null
            guard isDue(own.text("subscription") != "watching") else { continue }
            try await put("\(path)/subscription", by: watcher, ["level": .text("watching")])
        }
        for reader in thread.readers {
            let own = try await client.get(path, as: cast.speaker(reader.by))["me"] ?? .null
            guard isDue((own.number("readUpTo") ?? 0) < Int64(reader.upTo)) else { continue }
            try await put("\(path)/read", by: reader.by, ["upTo": .number(Int64(reader.upTo))])
        }
    }

    mutating func impose(_ ban: StoryBan) async throws {
        let path = "/api/users/\(cast.id(ban.user))"
        guard isDue(try await client.get("\(path)?fields=state").text("state") == "active") else {
            return
        }
        try await client.send(
            .post, "\(path)/bans", as: cast.speaker(ban.by),
            ["reason": .text(ban.reason), "scope": .text("all")]
        ).require(.created)
    }

    private mutating func put(
        _ path: String, by name: String, _ members: RequestMembers
    ) async throws {
        try await client.send(.put, path, as: cast.speaker(name), members).require(.ok)
    }
}
