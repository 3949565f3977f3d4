/// What a rule does with a request that matches it.
package enum RuleAction: Sendable, Hashable {
    /// Send it to a target of the group with this name (`forward`).
    case forward(targetGroup: String)
    /// Answer here: with the meaning of problems, and with one description of the API from what
    /// these sources say of themselves (`reference`).
    case reference([DescriptionSource])

    /// Actions that ALB knows and this gateway does not serve yet: refused by name rather than
    /// ignored.
    package static let typesToCome: Set<String> = [
        "redirect", "fixed-response", "jwt-validation", "authenticate-oidc",
        "authenticate-cognito",
    ]
}
