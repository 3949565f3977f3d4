package import HTTP

extension Response {
    /// The same, where `isPartial` with the word that there may be more to find than was looked at.
    package func partial(_ isPartial: Bool) -> Response {
        guard isPartial else { return self }
        var response = self
        response.fields.append(.forumPartial, "?1")
        return response
    }
}
