/// What may differ between two answers that are the same: everything else is compared to the byte.
/// Each rule says what it is about, and nothing is left out anywhere else.
enum Likeness {
    /// What a text is once everything is taken out that comes from a clock or from chance.
    static func comparable(_ text: String) -> String {
        var text = text
        // A moment, wherever it stands: `"createdAt":"2026-01-31T12:00:00.000Z"`.
        text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "…time…")
        // Tokens are signed at a moment, or drawn.
        text.replace(/"(accessToken|refreshToken|token)":"[^"]+"/) {
            "\"\($0.output.1)\":\"…drawn…\""
        }
        // The keys of an issuer are drawn, and named for their month.
        text.replace(/"(x|kid)":"[A-Za-z0-9_-]+"/) { "\"\($0.output.1)\":\"…drawn…\"" }
        return text
    }

    /// The same for a field of an answer.
    static func comparable(_ name: String, _ value: String) -> String {
        switch name.lowercased() {
        case "etag":
            // A tag that is a hash of a body: of its times, too.
            value.replacing(/(["~])h[0-9a-f]+\.(\d+)/) {
                "\($0.output.1)h…hash….\($0.output.2)"
            }
        case "link":
            // A cursor holds the key that it stands at: in lists by time, a moment.
            value.replacing(/(after|before)=[A-Za-z0-9_-]+/) { "\($0.output.1)=…cursor…" }
        default: comparable(value)
        }
    }
}
