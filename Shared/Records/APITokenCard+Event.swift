import Bytes
package import JSON
package import Outbox

// What users tells the others of an API token, so that it works while users is down.
extension APITokenCard {
    /// The kind of its events; a snapshot of `token` brings the same.
    package static let kind = "token.changed"
    /// The name of its snapshot.
    package static let snapshotKind = "token"

    private enum State: String, CaseIterable { case active, revoked }

    /// The state that `event` tells; throws for a body that is none.
    package init(_ event: Event) throws {
        self = try APITokenCard.decode(event.body)
    }

    /// The event to append in the transaction of the change. It opens nothing: a digest is no
    /// token.
    package var event: Event {
        .state(APITokenCard.kind, key: .text(hash), version: version, body: json)
    }

    private var json: ByteString {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.key("hash")
        writer.string(hash)
        writer.key("version")
        writer.integer(version)
        writer.key("user")
        writer.integer(user)
        writer.key("scopes")
        writer.beginArray()
        for scope in scopes { writer.string(scope) }
        writer.endArray()
        writer.key("expiresAt")
        if let expiresAtMilliseconds {
            writer.timestamp(Timestamp(milliseconds: expiresAtMilliseconds))
        } else {
            writer.null()
        }
        writer.key("state")
        writer.string((isRevoked ? State.revoked : .active).rawValue)
        writer.endObject()
        return writer.finish()
    }
}

extension APITokenCard: JSONDecodable {
    package init(from fields: inout JSONFields) {
        hash = fields.requiredString("hash", length: 1...OutboxLimits.keyBytesMax)
        version = fields.requiredInteger("version", in: 1...Int64.max)
        user = fields.requiredInteger("user", in: 1...Int64.max)
        scopes = fields.requiredStrings("scopes", count: 0...Int.max)
        expiresAtMilliseconds = fields.optionalTimestamp("expiresAt")?.milliseconds
        isRevoked = fields.requiredWord("state", State.self) == .revoked
    }
}
