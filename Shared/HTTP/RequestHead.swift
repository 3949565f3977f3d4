package import Bytes

/// A request line and its fields, parsed and checked: a value of a few words beside the shared
/// bytes.
package struct RequestHead: Sendable {
    /// How the target was written (RFC 9112 §3.2).
    package enum TargetForm: Sendable { case origin, absolute, asterisk, authority }

    package let storage: HeadStorage
    package let method: Method
    package let form: TargetForm
    /// The whole target as received.
    package let target: Slice
    /// The path of the target, still percent-encoded, without query; `*` for the asterisk form.
    package let path: Slice
    /// The query without its `?`; nil when there is no `?`.
    package let query: Slice?
    /// The authority: from an absolute target, else the Host field; empty only in HTTP/1.0.
    package let authority: Slice
    /// 0 or 1, of HTTP/1.x.
    package let minorVersion: UInt8
    package let framing: BodyFraming
    /// Whether the client lets the connection be used again.
    package let persists: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    package let expectsContinue: Bool
    /// Bytes the head took in the stream, empty lines before it included.
    package let byteCount: Int

    package init(
        storage: HeadStorage, method: Method, form: TargetForm, target: Slice, path: Slice,
        query: Slice?, authority: Slice, minorVersion: UInt8, framing: BodyFraming,
        persists: Bool, expectsContinue: Bool, byteCount: Int
    ) {
        self.storage = storage
        self.method = method
        self.form = form
        self.target = target
        self.path = path
        self.query = query
        self.authority = authority
        self.minorVersion = minorVersion
        self.framing = framing
        self.persists = persists
        self.expectsContinue = expectsContinue
        self.byteCount = byteCount
    }

    /// The path as text, still percent-encoded.
    package var pathText: String { storage.text(path) }
    /// The query as text, still percent-encoded.
    package var queryText: String? { query.map(storage.text) }
    /// The target as text.
    package var targetText: String { storage.text(target) }

    /// The first value of a field as text.
    package subscript(name: FieldName) -> String? { storage.text(name) }
}
