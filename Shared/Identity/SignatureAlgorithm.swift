/// The two names of the one signature there is here: Ed25519.
package enum SignatureAlgorithm: String, CaseIterable, Sendable {
    /// The name of RFC 8037, which leaves the curve to the key. Every library knows it.
    case edDSA = "EdDSA"
    /// The full name of RFC 9864, to be written once the libraries of clients know it.
    case ed25519 = "Ed25519"
}
