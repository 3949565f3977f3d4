// Public, so that a look into a head is a load in other modules too.
public import Bytes

/// A request line and its fields, parsed and checked.
///
/// One reference to the storage, which keeps the facts beside the bytes: a head is handed through
/// every layer, and copying eleven members each time cost more than parsing them.
@usableFromInline
package struct RequestHead: Sendable {
    /// How the target was written (RFC 9112 §3.2).
    @usableFromInline
    package enum TargetForm: Sendable { case origin, absolute, asterisk, authority }

    /// The bytes of the head and where its fields lie.
    @usableFromInline package let storage: HeadStorage

    /// What the parser found in one request head; each is explained at the property of its name.
    @usableFromInline
    struct Facts {
        @usableFromInline var method = Method.get
        @usableFromInline var form = TargetForm.origin
        @usableFromInline var target = Slice.empty
        @usableFromInline var path = Slice.empty
        @usableFromInline var query: Slice?
        @usableFromInline var authority = Slice.empty
        @usableFromInline var minorVersion: UInt8 = 1
        @usableFromInline var framing = BodyFraming.none
        @usableFromInline var persists = true
        @usableFromInline var expectsContinue = false
        @usableFromInline var byteCount = 0

        init() {}
    }

    /// The head whose facts `storage` has been given.
    init(storage: HeadStorage) { self.storage = storage }

    @inlinable var facts: Facts { _read { yield storage.contents.value.request } }

    @inlinable package var method: Method { facts.method }
    @inlinable package var form: TargetForm { facts.form }
    /// The whole target as received.
    @inlinable package var target: Slice { facts.target }
    /// The path of the target, still percent-encoded, without query; `*` for the asterisk form.
    @inlinable package var path: Slice { facts.path }
    /// The query without its `?`; nil when there is no `?`.
    @inlinable package var query: Slice? { facts.query }
    /// The authority: from an absolute target, else the Host field; empty only in HTTP/1.0.
    @inlinable package var authority: Slice { facts.authority }
    /// 0 or 1, of HTTP/1.x.
    @inlinable package var minorVersion: UInt8 { facts.minorVersion }
    /// How the end of the body is found.
    @inlinable package var framing: BodyFraming { facts.framing }
    /// Whether the client lets the connection be used again.
    @inlinable package var persists: Bool { facts.persists }
    /// Whether the client waits for `100 Continue` before it sends the body.
    @inlinable package var expectsContinue: Bool { facts.expectsContinue }
    /// Bytes the head took in the stream, empty lines before it included.
    @inlinable package var byteCount: Int { facts.byteCount }

    /// The path as text, still percent-encoded.
    package var pathText: String { storage.text(path) }
    /// The query as text, still percent-encoded.
    package var queryText: String? { query.map(storage.text) }
    /// The target as text.
    package var targetText: String { storage.text(target) }

    /// The first value of a field as text.
    package subscript(name: FieldName) -> String? { storage.text(name) }
}
