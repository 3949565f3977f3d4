import Bytes
import HTTP
import Routing
import SQLite
import UsersAPI

/// The picture of somebody who has none: the first letter of the name on a colour of its own.
struct Avatar: Sendable {
    private let letter: String
    private let hue: Int64

    init(_ user: User) {
        letter = user.name.first.map { String($0).uppercased() } ?? "?"
        // A step that visits every hue before it comes back, so that neighbours differ.
        hue = user.id.rawValue * 137 % 360
    }

    private init(letter: String, hue: Int64) {
        self.letter = letter
        self.hue = hue
    }

    /// The picture of everybody deleted.
    static let ghost = Avatar(letter: "–", hue: 0)

    /// As SVG, which runs nothing where it is shown as an image.
    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img">\
        <rect width="64" height="64" fill="hsl(\(hue) 45% 42%)"/>\
        <text x="32" y="43" font-size="32" text-anchor="middle" fill="#fff" \
        font-family="sans-serif">\(Avatar.escaped(letter))</text></svg>
        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}

extension Users {
    func avatar(_ request: borrowing Request) throws -> Response {
        let user = try user(request.id("id", as: User.self))
        return .avatar(Avatar(user), user.etag, for: request)
    }

    func ghostAvatar(_ request: borrowing Request) -> Response {
        .avatar(.ghost, ETag("u0"), for: request)
    }
}

extension Response {
    fileprivate static func avatar(
        _ avatar: Avatar, _ etag: ETag, for request: borrowing Request
    ) -> Response {
        if request.isHeld(etag) { return .notModified(etag) }
        return Response(
            .ok,
            fields: [
                .contentType: "image/svg+xml", .etag: etag.text,
                .cacheControl: CachePolicy.revalidated.text,
                // Opened by itself it is a document: nothing in it may run or load.
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
            ], body: .bytes(ByteString(avatar.svg)))
    }
}
