import HTTP
import Routing

/// Which parts of a post have to be looked up for a request: a client that asks for `fields=` does
/// not pay for what it does not get.
struct PostParts: Sendable {
    let people: Bool
    let me: Bool

    /// Everything.
    static let all = PostParts(people: true, me: true)

    /// Nothing but the message.
    static let none = PostParts(people: false, me: false)

    private init(people: Bool, me: Bool) {
        self.people = people
        self.me = me
    }

    /// What the answer to `request` shows. A card names nobody.
    init(_ request: borrowing Request) throws(APIError) {
        let query = request.query()
        if let fields = try query.text("fields") {
            let names = fields.split(separator: ",")
            self.init(
                people: names.contains("author") || names.contains("replyTo"),
                me: names.contains("me"))
        } else {
            let isCard = try query.text("view") == "card"
            self.init(people: !isCard, me: !isCard)
        }
    }
}

extension Route {
    /// Threads decide who sees its answers, and users are shown if they are asked for.
    func readsOthers() -> Route {
        reads("threads").reads("users", as: ["author", "replyTo"], of: Post.self)
    }
}
