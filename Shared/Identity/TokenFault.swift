/// Why a token opens nothing. What it repeats of the token is short and printable.
package enum TokenFault: Error, Equatable, Sendable, CustomStringConvertible {
    case tooLong
    /// Not three parts in canonical base64url with strict JSON in them.
    case malformed
    /// A member of the header that this verifier does not allow, such as `jku` or `crit`.
    case header(String)
    /// Not the kind of token that is accepted here.
    case type
    case algorithm(String)
    /// A key that is not in the set: perhaps not yet, see `KeySetKeeper`.
    case unknownKey(String)
    case signature
    /// A claim that is missing or is not what it should be.
    case claim(String)
    case issuer
    case audience
    case notYetValid
    /// Good but for its age: a new one can be had with the refresh token.
    case expired

    /// One line for a log; whoever sent the token is told less.
    package var description: String {
        switch self {
        case .tooLong: "the token has more than \(IdentityLimits.tokenBytesMax) bytes"
        case .malformed: "this is not a signed token"
        case .header(let name): "the token's header may not have the member \(name)"
        case .type: "this is not an access token: its type should be at+jwt"
        case .algorithm(let name): "the token is signed by \(name): only EdDSA is accepted"
        case .unknownKey(let keyID): "nobody knows the key \(keyID) the token was signed with"
        case .signature: "the token's signature is not that of its key"
        case .claim(let complaint): "the token's claims do not fit: \(complaint)"
        case .issuer: "the token comes from another issuer"
        case .audience: "the token is meant for somebody else"
        case .notYetValid: "the token is not valid yet: do the clocks agree?"
        case .expired: "the token has expired"
        }
    }
}
