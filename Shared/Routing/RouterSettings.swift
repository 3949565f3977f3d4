package import Bytes

/// What a router needs to know beside its routes. Without any of it everybody is a stranger.
package struct RouterSettings: Sendable {
    /// Whether the token of a request is the admin secret; called for every bearer token, so it
    /// compares in constant time.
    package typealias OperatorCheck = @Sendable (ByteString) -> Bool

    /// Who knows callers by their tokens; nil: nobody has an account here, tokens are not looked
    /// at.
    package var authenticator: (any Authenticator)?
    /// Who knows the operator; nil: nobody is.
    package var isOperator: OperatorCheck?
    /// How far the others have been followed, for modules that do not say so themselves. Without
    /// it nobody waits and nothing is stale.
    package var progress: (any SourceProgress)?
    /// How often limited routes answer one caller or address. `RateQuotas.off`: as often as asked.
    package var quotas = RateQuotas.usual
    /// Whose X-Forwarded-For is believed.
    package var trust = ProxyTrust.privateNetworks

    /// Nobody has an account, nobody is the operator, nobody is followed; usual quotas, private
    /// networks are trusted.
    package init() {}
}
