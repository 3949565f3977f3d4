package import Bytes
package import HTTP
package import JSON

extension Response {
    /// The type of every JSON answer.
    package static let jsonType = "application/json; charset=utf-8"

    /// A 200 with bytes that are JSON already.
    package static func json(
        _ json: ByteString, status: Status = .ok, etag: ETag? = nil,
        cache: CachePolicy = .revalidated
    ) -> Response {
        Response(status, fields: cache.jsonFields(etag), body: .bytes(json))
    }

    /// A record as `request` wants it: its members by `fields=`, 304 if the client holds `etag`.
    /// Without `cache` an answer to a caller is personal, one to anybody may be kept.
    package static func json<Record: JSONRecord>(
        _ record: Record, for request: borrowing Request, etag: ETag? = nil,
        cache: CachePolicy? = nil
    ) throws(APIError) -> Response {
        let projection = try request.projection(of: Record.self)
        let cache = cache ?? request.usualCachePolicy()
        if let etag, request.isHeld(etag) { return .notModified(etag, cache: cache) }
        var writer = JSONWriter(capacity: Response.recordBytesUsual)
        writer.record(record, projection)
        return .json(writer.finish(), etag: etag, cache: cache)
    }

    /// The same for a bare array of records.
    package static func json<Record: JSONRecord>(
        _ records: some Collection<Record>, for request: borrowing Request, etag: ETag? = nil,
        cache: CachePolicy? = nil
    ) throws(APIError) -> Response {
        let projection = try request.projection(of: Record.self)
        let cache = cache ?? request.usualCachePolicy()
        if let etag, request.isHeld(etag) { return .notModified(etag, cache: cache) }
        var writer = JSONWriter(capacity: Response.recordBytesUsual * max(1, records.count))
        writer.records(records, projection)
        return .json(writer.finish(), etag: etag, cache: cache)
    }

    /// A record that is made for its reader alone, such as one with a `me` block: tagged by a hash
    /// of its bytes, 304 if the client holds them, kept by nobody.
    package static func personal<Record: JSONRecord>(
        _ record: Record, for request: borrowing Request
    ) throws(APIError) -> Response {
        var writer = JSONWriter(capacity: Response.recordBytesUsual)
        writer.record(record, try request.projection(of: Record.self))
        let json = writer.finish()
        let etag = ETag(hashing: json)
        if request.isHeld(etag) { return .notModified(etag, cache: .personal) }
        return .json(json, etag: etag, cache: .personal)
    }

    /// A 201 with the whole record and where it lives from now on.
    package static func created<Record: JSONRecord>(
        _ record: Record, at location: String, etag: ETag? = nil
    ) -> Response {
        var writer = JSONWriter(capacity: Response.recordBytesUsual)
        writer.record(record)
        var response = Response(
            .created, fields: [.contentType: jsonType, .location: location],
            body: .bytes(writer.finish()))
        if let etag { response.fields.append(.etag, etag.text) }
        return response
    }

    /// A 204.
    package static var noContent: Response { Response(.noContent) }

    /// A 304 with the fields that the 200 would have had (RFC 9110 §15.4.5).
    package static func notModified(
        _ etag: ETag, cache: CachePolicy = .revalidated
    ) -> Response {
        Response(
            .notModified,
            fields: [
                .etag: etag.text, .cacheControl: cache.text,
                .vary: "Authorization, Accept-Encoding",
            ])
    }

    /// The same under the policy that is usual for `request`.
    package static func notModified(_ etag: ETag, for request: borrowing Request) -> Response {
        notModified(etag, cache: request.usualCachePolicy())
    }

    /// A usual record in JSON; larger ones make the writer grow.
    private static let recordBytesUsual = 1_024
}

/// A record answers as itself, with `fields=` obeyed: `extension User: ResponseConvertible {}`.
extension ResponseConvertible where Self: JSONRecord {
    /// A 200 without tag.
    package func response(to request: borrowing Request) throws -> Response {
        try .json(self, for: request)
    }
}

/// Records answer as a bare array.
extension Array: ResponseConvertible where Element: JSONRecord {
    /// A 200 without tag.
    package func response(to request: borrowing Request) throws -> Response {
        try .json(self, for: request)
    }
}
