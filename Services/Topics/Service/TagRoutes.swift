import Bytes
import HTTP
import JSON
import Records
import Routing
import SQLite
import TopicsAPI

// Tags: made by being used, put in order by moderators.
extension Topics {
    // swift-format-ignore
    var tagRoutes: [Route] {[
        .get("/api/threads/tags",          tags),
        .patch("/api/threads/tags/{tag}",  changeTag).by(.moderator(Topics.writing)),
        .delete("/api/threads/tags/{tag}", removeTag).by(.moderator(Topics.writing)),
    ]}

    /// The tags that begin with `q`, by name, each with the topics that the viewer may see.
    func tags(_ request: borrowing Request) throws -> Response {
        let viewer = Viewer(request)
        let query = request.query()
        let prefix = (try query.text("q") ?? "").lowercased()
        let after = try query.text("after") ?? ""
        let limit = try query.integer("limit", in: 1...Int64(RoutingLimits.pageRowsMax))
        let uses = try store.read {
            try $0.all(
                TagQueries.used, prefix, prefix + "\u{10ffff}", after, viewer.level,
                viewer.userOrNobody, limit ?? Int64(RoutingLimits.pageRowsDefault))
        }
        var writer = JSONWriter()
        writer.records(uses)
        let etag = ETag(hashing: writer.finish())
        return try .json(uses, for: request, etag: etag)
    }

    func changeTag(_ request: borrowing Request) async throws -> KeyedAnswer {
        let name = try Topics.tagName(request)
        let change = try request.decode(TagChange.self)
        let viewer = Viewer(request)
        return try await writes.write(request) { transaction in
            let tag = try Topics.tag(name, for: viewer, transaction)
            if let target = change.mergeInto {
                let goal = try Topics.tag(target, for: viewer, transaction)
                if goal == tag {
                    throw APIError.validation("mergeInto", "same", "name another tag")
                }
                try Tags.merge(tag, into: goal, transaction)
            } else if let name = change.name {
                try Tags.rename(tag, to: name, by: viewer, transaction)
            }
            let shown = change.mergeInto ?? change.name ?? name
            let uses = try transaction.all(
                TagQueries.used, shown.text, shown.text + "\u{0}", "", viewer.level,
                viewer.userOrNobody, 1)
            var writer = JSONWriter()
            writer.record(uses.first ?? TagUse(name: shown.text, count: 0))
            return .json(writer.finish(), cache: .personal)
        }
    }

    func removeTag(_ request: borrowing Request) async throws -> KeyedAnswer {
        let name = try Topics.tagName(request)
        let viewer = Viewer(request)
        return try await writes.write(request) { transaction in
            try Tags.merge(Topics.tag(name, for: viewer, transaction), into: 0, transaction)
            return .noContent
        }
    }

    static func tagName(_ request: borrowing Request) throws -> TagName {
        let text = try request.path("tag")
        guard let name = TagName(text) else { throw APIError.notFound("tag \(text)") }
        return name
    }

    /// The tag if `viewer` sees a topic that has it: a tag of what is hidden is as one of nothing.
    /// Admins find those that nothing has, too.
    static func tag<Source: Reader & ~Copyable>(
        _ name: TagName, for viewer: Viewer, _ reader: borrowing Source
    ) throws -> Int64 {
        guard let tag = try seenTag(name, by: viewer, reader) else {
            throw APIError.notFound("tag \(name.text)")
        }
        return tag
    }

    /// The same, or nil.
    static func seenTag<Source: Reader & ~Copyable>(
        _ name: TagName, by viewer: Viewer, _ reader: borrowing Source
    ) throws -> Int64? {
        viewer.role == .admin
            ? try reader.first(TagQueries.idByName, name.text)
            : try reader.first(TagQueries.seen, name.text, viewer.level, viewer.userOrNobody)
    }
}

/// What is to become of a tag: another name, or part of another tag.
struct TagChange: JSONDecodable {
    let name: TagName?
    let mergeInto: TagName?

    init(from fields: inout JSONFields) {
        name = TagChange.name("name", &fields)
        mergeInto = TagChange.name("mergeInto", &fields)
        if (name == nil) == (mergeInto == nil) {
            fields.complain("name", JSONComplaint.required, "either name or mergeInto")
        }
    }

    private static func name(_ member: StaticString, _ fields: inout JSONFields) -> TagName? {
        guard let text = fields.optionalString(member) else { return nil }
        if let name = TagName(text) { return name }
        fields.complain("\(member)", "not-a-tag", TagName.rule)
        return nil
    }
}
